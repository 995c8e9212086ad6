import { readFile } from 'node:fs/promises'
import { describe, expect, test } from '@jest/globals'
import type { BrowserContextOptions, Locator, Page } from 'playwright-core'
import { describeInBrowser, keepPage } from '../support/keep-page.ts'
import { listAxeViolations } from '../support/list-axe-violations.ts'

const pair = (input: number[][], output: number[][]) => ({ input, output })
/** Mirrored left to right; the output occurs nowhere else, so that a test can look for it in what is sent. */
const mirror = {
  train: [pair([[1, 0, 0]], [[0, 0, 1]]), pair([[2, 2, 0]], [[0, 2, 2]])],
  test: [pair([[7, 8, 9]], [[9, 8, 7]]), pair([[4, 5, 6]], [[6, 5, 4]])],
}
const large = Array.from({ length: 30 }, (_, y) => Array.from({ length: 30 }, (_, x) => (x + y) % 10))
const tasks = {
  mirror,
  'a-large-one': {
    train: Array.from({ length: 5 }, () => pair(large, large)),
    test: [pair(large, large.toReversed())],
  },
  small: { train: [pair([[1]], [[2, 2]])], test: [pair([[3]], [[4]])] },
  'two-tabs': { train: [pair([[1]], [[2]])], test: [pair([[5, 6]], [[6, 5]])] },
}

describeInBrowser('the page', () => {
  const { served, visitors } = keepPage(tasks)

  const visit = (address: string, options: BrowserContextOptions = {}) => visitors.visit(served.url + address, options)
  const editorOf = (page: Page) => page.getByRole('grid', { name: /^Your output/ })
  const button = (page: Page, name: string | RegExp) =>
    page.getByRole('button', { name, exact: typeof name === 'string' })

  /** What the editor shows, row by row. */
  async function readGrid(grid: Locator): Promise<string> {
    const rows = await grid.getByRole('row').all()
    const texts = await Promise.all(
      rows.map((row) => row.getByRole('gridcell').evaluateAll((cells) => cells.map((cell) => cell.ariaLabel))),
    )
    return texts.map((row) => row.map((label) => label?.match(/\d+$/)?.[0]).join('')).join('/')
  }

  const until = async (read: () => Promise<string | null>, expected: string | RegExp) => {
    let got: string | null = null
    for (let tries = 0; tries < 200; tries += 1) {
      got = await read()
      if (typeof expected === 'string' ? got === expected : expected.test(got ?? '')) return
      await new Promise((resolve) => setTimeout(resolve, 25))
    }
    expect(got).toMatch(expected)
  }
  const untilGrid = (page: Page, expected: string) => until(() => readGrid(editorOf(page)), expected)
  const untilSaid = (page: Page, expected: RegExp) =>
    until(() => page.locator('.task-answer-Answer-answerSaid').textContent(), expected)

  /** Drags over cells of a grid, by row and column. */
  async function dragOver(page: Page, grid: Locator, ...cells: [row: number, column: number][]): Promise<void> {
    for (const [index, [row, column]] of cells.entries()) {
      const box = await grid.getByRole('row').nth(row).getByRole('gridcell').nth(column).boundingBox()
      if (!box) throw new Error(`cell ${row}, ${column} is not shown`)
      await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
      if (index === 0) await page.mouse.down()
    }
    await page.mouse.up()
  }

  async function sayName(page: Page, name: string): Promise<void> {
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox', { name: 'Your name' }).fill(name)
    await dialog.getByRole('button', { name: 'Save' }).click()
  }

  describe('gallery', () => {
    test('shows all tasks, finds one by its id, and keeps filters in the address', async () => {
      const page = await visit('/')
      await page.locator('.gallery-GalleryPage-card svg path').first().waitFor()
      expect(await page.locator('.gallery-GalleryPage-card').count()).toBe(4)
      await page.getByRole('searchbox').fill('larg')
      await until(async () => String(await page.locator('.gallery-GalleryPage-card').count()), '1')
      await page.waitForURL(/search=larg/)
      await page.reload()
      await until(async () => String(await page.locator('.gallery-GalleryPage-card').count()), '1')
      await page.getByRole('searchbox').press('Enter')
      await page.getByRole('heading', { name: 'a-large-one' }).waitFor()
      await page.goBack()
      await until(async () => String(await page.locator('.gallery-GalleryPage-card').count()), '1')
    })

    test('scrolls a changed list to its top, and hides no card behind the filters', async () => {
      const page = await visit('/', { viewport: { width: 800, height: 260 } })
      const topOf = (part: string) => page.locator(part).evaluate((element) => element.getBoundingClientRect())
      await page.getByRole('link', { name: /^two-tabs/ }).focus()
      await page.getByRole('link', { name: /^mirror/ }).focus()
      const [link, bar] = [await topOf('a:focus'), await topOf('[role=search]')]
      expect(link.top).toBeGreaterThanOrEqual(bar.bottom)
      await page.evaluate(() => window.scrollTo(0, 9_999))
      await button(page, /^More/).click()
      await page.getByLabel('Size').selectOption({ label: 'Size: up to 5×5' })
      await until(async () => String(await page.evaluate(() => window.scrollY)), '0')
    })

    test('says when no task matches, and leads back to all of them', async () => {
      const page = await visit('/?search=nothing-like-it')
      await page.getByRole('heading', { name: 'No matching tasks' }).waitFor()
      await button(page, 'Show all tasks').click()
      await until(async () => String(await page.locator('.gallery-GalleryPage-card').count()), '4')
    })

    test('moves from task to task by keys, which stay letters in a field', async () => {
      const page = await visit('/tasks/mirror')
      await editorOf(page).waitFor()
      await page.keyboard.press('n')
      await page.getByRole('heading', { name: 'small', exact: true }).waitFor()
      await page.keyboard.press('p')
      await page.getByRole('heading', { name: 'mirror', exact: true }).waitFor()
      await page.keyboard.press('g')
      await page.keyboard.type('sn')
      const field = page.getByLabel('Go to a task')
      expect(await field.inputValue()).toBe('sn')
      await page.keyboard.press('Enter')
      await page.getByRole('alert').getByText('No task “sn” in this list.').waitFor()
      await page.getByRole('heading', { name: 'mirror', exact: true }).waitFor()
    })
  })

  describe('solving', () => {
    test('by mouse: draw, undo, submit wrong and right; a reload keeps everything', async () => {
      const page = await visit('/tasks/mirror')
      const sent: string[] = []
      page.on('response', async (response) => {
        if (response.url().includes('/api/')) sent.push(await response.text().catch(() => ''))
      })
      await button(page, 'Copy from input').click()
      await untilGrid(page, '789')
      await button(page, 'red 2').click()
      await dragOver(page, editorOf(page), [0, 0], [0, 2])
      await untilGrid(page, '222')
      await button(page, 'Undo').click()
      await untilGrid(page, '789')
      await button(page, 'Redo').click()
      await untilGrid(page, '222')
      await button(page, 'Undo').click()
      await button(page, 'Submit').click()
      await untilSaid(page, /Not right. One try is left/)
      await button(page, 'How far off?').click()
      await untilSaid(page, /2 of 3 cells differ/)
      expect(await page.locator('.grid-GridView-marked').count()).toBe(0)
      await button(page, 'Show which cells').click()
      await until(async () => String(await page.locator('.grid-GridView-marked').count()), '2')
      await page.reload()
      await untilGrid(page, '789')
      await untilSaid(page, /1 of 2 tries used/)
      await page.locator('.editor-Editor-editor').getByRole('button', { name: 'Mirror left to right' }).click()
      await untilGrid(page, '987')
      await button(page, 'Submit').click()
      await untilSaid(page, /Right, at try 2 of 2/)
      expect(sent.join('\n')).not.toContain('[9,8,7]')
      expect(sent.join('\n')).not.toContain('987')
    })

    test('by keyboard only', async () => {
      const page = await visit('/tasks/small')
      const grid = editorOf(page)
      await grid.waitFor()
      for (let tabs = 0; tabs < 80; tabs += 1) {
        if (await grid.evaluate((element) => element === document.activeElement)) break
        await page.keyboard.press('Tab')
      }
      await page.keyboard.press('4')
      await page.keyboard.press('Space')
      await page.keyboard.press('ArrowRight')
      await page.keyboard.press('5')
      await page.keyboard.press('Enter')
      await untilGrid(page, '450/000/000')
      await page.keyboard.press('Control+z')
      await untilGrid(page, '400/000/000')
      const active = await grid.getAttribute('aria-activedescendant')
      expect(await page.locator(`[id="${active}"]`).getAttribute('aria-label')).toBe('row 1, column 2, black 0')
      expect(await page.locator('.editor-Editor-editor [aria-live]').textContent()).toBe('undone')
      for (const size of ['Rows', 'Columns']) {
        await page.keyboard.press('Tab')
        expect(await page.getByLabel(size, { exact: true }).evaluate((field) => field === document.activeElement)).toBe(
          true,
        )
        await page.keyboard.type('1')
        await page.keyboard.press('Enter')
      }
      await untilGrid(page, '4')
      for (let tabs = 0; tabs < 5; tabs += 1) {
        if (await button(page, 'Submit').evaluate((element) => element === document.activeElement)) break
        await page.keyboard.press('Tab')
      }
      await page.keyboard.press('Enter')
      await untilSaid(page, /Right, at try 1 of 2/)
    })

    test('pastes symbols and pieces from other grids, and grids from other programs', async () => {
      const page = await visit('/tasks/mirror?test=2')
      const input = page.getByRole('grid', { name: /^Test input/ })
      await page.getByLabel('Rows', { exact: true }).fill('3')
      await page.keyboard.press('Enter')
      await input
        .getByRole('gridcell')
        .nth(1)
        .click({ modifiers: ['Alt'] })
      await until(() => button(page, 'grey 5').getAttribute('aria-pressed'), 'true')
      await page.keyboard.press('s')
      await dragOver(page, input, [0, 1], [0, 2])
      await editorOf(page).focus()
      await button(page, 'Paste').click()
      await untilGrid(page, '560/000/000')
      await page.keyboard.press('ArrowDown')
      await untilGrid(page, '000/560/000')
      await button(page, 'Place').click()
      await page.evaluate(() => {
        const clipboardData = new DataTransfer()
        clipboardData.setData('text/plain', '[[8, 8],\n [8, 8]]')
        document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
      })
      await button(page, 'Place').click()
      expect((await readGrid(editorOf(page))).match(/8/g)?.length).toBeGreaterThan(1)
    })

    test('in two tabs shows the same', async () => {
      const page = await visit('/tasks/two-tabs')
      const other = await page.context().newPage()
      await other.goto(page.url())
      await editorOf(other).waitFor()
      await button(page, 'Copy from input').click()
      await untilGrid(other, '56')
      await button(page, 'Submit').click()
      await untilSaid(page, /Not right/)
      await untilSaid(other, /1 of 2 tries used/)
    })

    test('by touch', async () => {
      const page = await visit('/tasks/small', { viewport: { width: 360, height: 740 }, hasTouch: true })
      await button(page, 'green 3').tap()
      await editorOf(page).getByRole('gridcell').nth(4).tap()
      await untilGrid(page, '000/030/000')
      await page.reload()
      await untilGrid(page, '000/030/000')
    })
  })

  describe('versions', () => {
    test('are made of transforms, signed by name, removed and restored', async () => {
      const page = await visit('/tasks/mirror')
      await button(page, /^Transform/).click()
      await button(page, 'Rotate clockwise').click()
      await page.getByText('rotated 90° clockwise').waitFor()
      await page.waitForURL(/steps=rotate-90/)
      await page.reload()
      await button(page, 'Exchange blue 1 with…').click()
      await button(page, '… with red 2').click()
      await page.getByText('1 ↔ 2').waitFor()
      await button(page, 'Remove: 1 ↔ 2').click()
      await button(page, 'Sign this version').click()
      await sayName(page, 'Ada')
      await page.getByText('Signed as version 1.').waitFor()
      await page.waitForURL(/version=1/)
      const [{ signed_by }] = JSON.parse(await readFile(`${served.dataDir}/dataset.json`, 'utf8')) as [
        { signed_by: string[] },
      ]
      expect(signed_by).toEqual(['Ada'])
      await page.getByText('Signed by Ada.').waitFor()
      await page.keyboard.press('[')
      expect(await page.getByText(/Signed as/).count()).toBe(0)
      await until(() => button(page, 'as published').getAttribute('aria-pressed'), 'true')
      await page.waitForURL(/\/tasks\/mirror$/)
      await page.getByRole('group', { name: 'Versions' }).getByRole('button', { name: '1' }).waitFor()
      await page.keyboard.press(']')
      await button(page, 'Remove version 1…').click()
      await button(page, 'Remove').click()
      await page.getByText('Version 1 was removed.').waitFor()
      await page.getByRole('region', { name: 'Versions and transforms' }).getByRole('button', { name: 'Undo' }).click()
      await page.getByText('Version 1 is back.').waitFor()
    })
  })

  describe('traces', () => {
    test('are kept while being written, shown as text and voted on by name', async () => {
      const page = await visit('/tasks/small')
      expect(await page.getByText('Write a trace').count()).toBe(0)
      await page.getByRole('tab', { name: /^Traces/ }).click()
      await page
        .getByLabel('Write a trace')
        .fill('**One** more. <img src=x onerror=alert(1)> [link](javascript:alert(1))')
      await page.getByTitle('Next task (N)').click()
      await page.getByRole('heading', { name: 'two-tabs' }).waitFor()
      expect(await page.getByLabel('Write a trace').inputValue()).toBe('')
      await page.goBack()
      await button(page, 'Add').click()
      await sayName(page, 'Grace')
      const trace = page.locator('.task-traces-TraceItem-trace')
      await trace.locator('strong', { hasText: 'One' }).waitFor()
      expect(await trace.locator('img, a[href^="javascript"]').count()).toBe(0)
      await button(page, 'Vote up').click()
      await until(() => trace.locator('.task-traces-TraceItem-score').textContent(), '1')
      await button(page, 'Vote down').click()
      await until(() => trace.locator('.task-traces-TraceItem-score').textContent(), '-1')
      await button(page, 'Edit').click()
      await page.getByLabel('Change your trace').fill('Another rule.')
      await button(page, 'Save').click()
      await trace.getByText('Another rule.').waitFor()
      await page.getByRole('tabpanel').getByRole('button', { name: 'Undo' }).click()
      await trace.locator('strong', { hasText: 'One' }).waitFor()
      await page.getByRole('tabpanel').getByRole('button', { name: 'Undo' }).click()
      await trace.getByText('Another rule.').waitFor()
      await trace.getByRole('button', { name: 'Remove' }).click()
      await page.getByText('Your trace was removed.').waitFor()
      await page.getByRole('tabpanel').getByRole('button', { name: 'Undo' }).click()
      await trace.getByText('Another rule.').waitFor()
    })
  })

  describe('layout and colours', () => {
    const sizes = [
      ['a desk', { width: 1280, height: 800 }],
      ['a phone', { width: 320, height: 568 }],
    ] as const

    test.each(sizes)('fit into %s without scrolling sideways', async (_, viewport) => {
      for (const address of ['/', '/tasks/a-large-one', '/tasks/mirror?steps=transpose', '/nowhere']) {
        const page = await visit(address, { viewport })
        await page.evaluate(() =>
          localStorage.setItem('arcloom.person', 'A name of sixty letters, which is as long as one may be here'),
        )
        await page.reload()
        await page.locator('main').waitFor()
        await page.waitForLoadState('networkidle')
        const beyond = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        )
        expect([address, beyond]).toEqual([address, 0])
      }
    })

    test('are not widened by a piece that hangs over the edge', async () => {
      const page = await visit('/tasks/a-large-one')
      await button(page, 'Copy from input').click()
      await button(page, 'Copy').click()
      await button(page, 'Paste').click()
      for (let steps = 0; steps < 25; steps += 1) await page.keyboard.press('ArrowRight')
      await page.getByText('its corner at row 1, column 26').waitFor()
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(1280)
    })

    test.each([
      ['mirror', 1280, 800],
      ['a-large-one', 1280, 800],
      ['a-large-one', 1024, 768],
    ])('show train pairs, editor and verdict of %s at once in %i×%i', async (key, width, height) => {
      const page = await visit(`/tasks/${key}`, { viewport: { width, height } })
      await editorOf(page).waitFor()
      const lowest = await page.evaluate(() =>
        Math.max(
          ...[...document.querySelectorAll('main [role=grid], .task-answer-Answer-answerSaid')].map(
            (part) => part.getBoundingClientRect().bottom,
          ),
        ),
      )
      expect(lowest).toBeLessThanOrEqual(height)
    })

    test('keep the colours of symbols in a contrast theme', async () => {
      const page = await visit('/tasks/mirror', { forcedColors: 'active' })
      const colourOf = (symbol: string) =>
        page
          .locator(symbol)
          .first()
          .evaluate((element) => getComputedStyle(element).backgroundColor)
      await editorOf(page).waitFor()
      expect(await colourOf('[role=gridcell].s2')).toBe('rgb(255, 65, 54)')
      expect(await colourOf('button.s2')).toBe('rgb(255, 65, 54)')
    })

    test.each(['light', 'dark'] as const)('pass the accessibility checks, %s', async (colorScheme) => {
      for (const address of ['/', '/tasks/mirror?version=0&steps=transpose', '/tasks/none']) {
        const page = await visit(address, { colorScheme })
        // A busy machine is idle before the page's script has run.
        await page.locator('main h1').first().waitFor({ state: 'attached' })
        await page.waitForLoadState('networkidle')
        expect([address, await listAxeViolations(page)]).toEqual([address, []])
      }
    })
  })
})
