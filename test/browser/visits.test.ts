import { expect, test } from '@jest/globals'
import type { Locator, Page } from 'playwright-core'
import { describeInBrowser, keepPage } from '../support/keep-page.ts'
import { listAxeViolations } from '../support/list-axe-violations.ts'

const pair = (input: number[][], output: number[][]) => ({ input, output })
const tasks = {
  first: { train: [pair([[1]], [[2, 2]])], test: [pair([[3]], [[4]])] },
  fourth: { train: [pair([[1]], [[2, 2]])], test: [pair([[8]], [[9]])] },
  third: { train: [pair([[1]], [[2, 2]])], test: [pair([[7]], [[4]])] },
  second: { train: [pair([[1]], [[2, 2]])], test: [pair([[5]], [[6]])] },
}

describeInBrowser('a visit', () => {
  const { served, visitors } = keepPage(tasks)

  const editorOf = (page: Page) => page.getByRole('grid', { name: /^Your output/ })
  const cell = (page: Page, row: number, column: number, symbol: number) =>
    editorOf(page).getByRole('gridcell', { name: new RegExp(`^row ${row}, column ${column}, .* ${symbol}$`) })

  async function paste(page: Page, text: string): Promise<void> {
    await page.evaluate((given) => {
      const clipboardData = new DataTransfer()
      clipboardData.setData('text/plain', given)
      document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
    }, text)
  }

  async function tabTo(page: Page, target: Locator): Promise<void> {
    await target.waitFor()
    for (let tabs = 0; tabs < 120; tabs += 1) {
      if (await target.evaluate((element) => element === document.activeElement)) return
      await page.keyboard.press('Tab')
    }
    throw new Error('no number of tabs leads there')
  }

  test('by touch: a finger draws over cells, and does not scroll the page', async () => {
    const page = await visitors.visit(`${served.url}/tasks/first`, {
      viewport: { width: 360, height: 740 },
      hasTouch: true,
      isMobile: true,
    })
    await page.getByRole('button', { name: 'green 3', exact: true }).tap()
    await editorOf(page).scrollIntoViewIfNeeded()
    const scrolled = await page.evaluate(() => window.scrollY)
    const boxes = await Promise.all(
      [1, 2, 3].map((row) =>
        editorOf(page)
          .getByRole('row')
          .nth(row - 1)
          .getByRole('gridcell')
          .nth(1)
          .boundingBox(),
      ),
    )
    const points = boxes.map((box) => ({
      x: (box?.x ?? 0) + (box?.width ?? 0) / 2,
      y: (box?.y ?? 0) + (box?.height ?? 0) / 2,
    }))
    const touch = await page.context().newCDPSession(page)
    for (const [index, point] of points.entries()) {
      const type = index === 0 ? 'touchStart' : 'touchMove'
      await touch.send('Input.dispatchTouchEvent', { type, touchPoints: [point] })
    }
    await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
    for (const row of [1, 2, 3]) await cell(page, row, 2, 3).waitFor()
    expect(await page.evaluate(() => window.scrollY)).toBe(scrolled)
  })

  test('by touch: two fingers zoom the page, and leave no stroke', async () => {
    const page = await visitors.visit(`${served.url}/tasks/first`, {
      viewport: { width: 360, height: 740 },
      hasTouch: true,
      isMobile: true,
    })
    await editorOf(page).scrollIntoViewIfNeeded()
    const { x, y, width, height } = (await editorOf(page).boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 }
    const touch = await page.context().newCDPSession(page)
    const spread = (type: 'touchStart' | 'touchMove', apart: number, fingers = 2) =>
      touch.send('Input.dispatchTouchEvent', {
        type,
        touchPoints: [-1, 1]
          .slice(0, fingers)
          .map((side, id) => ({ x: x + width / 2 + side * apart, y: y + height / 2, id })),
      })
    await spread('touchStart', 15, 1)
    await spread('touchStart', 15)
    for (let apart = 20; apart <= 70; apart += 5) await spread('touchMove', apart)
    await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
    await page.waitForFunction(() => (window.visualViewport?.scale ?? 1) > 1.1)
    await expect(
      editorOf(page)
        .getByRole('gridcell', { name: /blue 1$/ })
        .count(),
    ).resolves.toBe(0)
  })

  test('by touch and mouse at once: the stroke belongs to whichever began it', async () => {
    const page = await visitors.visit(`${served.url}/tasks/first`, { hasTouch: true })
    await editorOf(page).waitFor()
    const { x, y, width, height } = (await editorOf(page).boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 }
    const at = (row: number, column: number) => ({
      x: x + (width * (column - 0.5)) / 3,
      y: y + (height * (row - 0.5)) / 3,
    })
    const touch = await page.context().newCDPSession(page)
    await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [at(1, 1)] })
    await touch.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: [at(1, 2)] })
    await page.mouse.move(at(3, 1).x, at(3, 1).y)
    await page.mouse.down()
    await touch.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: [at(1, 3)] })
    await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
    await page.mouse.up()
    for (const column of [1, 2, 3]) await cell(page, 1, column, 1).waitFor()
    await expect(
      editorOf(page)
        .getByRole('gridcell', { name: /blue 1$/ })
        .count(),
    ).resolves.toBe(3)
  })

  test('in two tabs at once: what is drawn and solved in one appears in the other', async () => {
    const page = await visitors.visit(`${served.url}/tasks/second`)
    const other = await page.context().newPage()
    await other.goto(page.url())
    await editorOf(other).waitFor()
    await page.getByRole('button', { name: 'Copy from input', exact: true }).click()
    await cell(other, 1, 1, 5).waitFor()
    await other.getByRole('button', { name: 'magenta 6', exact: true }).click()
    await cell(other, 1, 1, 5).click()
    await cell(page, 1, 1, 6).waitFor()
    await page.getByRole('button', { name: 'Submit', exact: true }).click()
    await page.getByText('Right, at try 1 of 2').waitFor()
    await other
      .getByText(/Solved|solved/)
      .first()
      .waitFor()
  })

  test('in a hurry: a grid counts as one try, however often it is sent, and a hovering piece counts', async () => {
    const page = await visitors.visit(`${served.url}/tasks/fourth`)
    await cell(page, 1, 1, 0).click()
    for (let times = 0; times < 3; times += 1) await page.keyboard.press('Control+Enter')
    await page.getByText('Not right. One try is left').waitFor()
    await page.getByRole('button', { name: 'Submit', exact: true }).click()
    for (const size of ['Rows', 'Columns']) {
      await page.getByLabel(size, { exact: true }).fill('1')
      await page.keyboard.press('Enter')
    }
    await paste(page, '[[9]]')
    await cell(page, 1, 1, 9).waitFor()
    await page.getByRole('button', { name: 'Submit', exact: true }).click()
    await page.getByText('Right, at try 2 of 2').waitFor()
  })

  test('before a name is given: progress is kept in this browser only, and moves to the name', async () => {
    const page = await visitors.visit(`${served.url}/tasks/third`)
    await page.getByRole('button', { name: 'yellow 4', exact: true }).click()
    for (const size of ['Rows', 'Columns']) {
      await page.getByLabel(size, { exact: true }).fill('1')
      await page.keyboard.press('Enter')
    }
    await cell(page, 1, 1, 0).click()
    await cell(page, 1, 1, 4).waitFor()
    await page.getByRole('button', { name: 'Submit', exact: true }).click()
    await page.getByText('Right, at try 1 of 2').waitFor()
    const other = await visitors.visit(`${served.url}/?solved=yes`)
    await other.getByText('0 of 4 tasks').waitFor()
    for (const [visitor, name] of [
      [other, 'Bea'],
      [page, 'Ada'],
    ] as const) {
      await visitor.getByRole('button', { name: 'Your name…' }).click()
      await visitor.getByRole('textbox', { name: 'Your name' }).fill(name)
      await visitor.getByRole('button', { name: 'Save' }).click()
      await visitor.getByRole('button', { name, exact: true }).waitFor()
    }
    await other.getByText('0 of 4 tasks').waitFor()
    await page.goto(`${served.url}/?solved=yes`)
    await page.getByText('1 of 4 tasks').waitFor()
  })

  test('to a slow server: the grid that was visible on submit is the one judged', async () => {
    const page = await visitors.visit(`${served.url}/tasks/second`)
    await cell(page, 1, 1, 0).click()
    await page.route('**/api/tasks/second?*', () => {}) // The other view never arrives.
    await page.getByRole('button', { name: 'Transform' }).click()
    await page.getByRole('button', { name: 'Rotate clockwise', exact: true }).click()
    await page.waitForURL('**/tasks/second?steps=rotate-90')
    const submitted = page.waitForRequest('**/submissions*')
    await page.keyboard.press('Control+Enter')
    expect(new URL((await submitted).url()).search).toBe('')
  })

  test('while the server goes down and returns: the page says so, keeps the drawing, and continues', async () => {
    const page = await visitors.visit(`${served.url}/tasks/first`)
    await page.getByRole('button', { name: 'Copy from input', exact: true }).click()
    await cell(page, 1, 1, 3).waitFor()
    await served.stop()
    await page.getByRole('button', { name: 'Submit', exact: true }).click()
    await page.getByText('The server does not answer.').first().waitFor()
    await cell(page, 1, 1, 3).waitFor()
    await page.keyboard.press('n')
    await page.getByText('This task cannot be shown').waitFor()
    await page.getByText('No connection to the server.').waitFor()
    await served.start()
    await page.getByText('No connection to the server.').waitFor({ state: 'detached' })
    await editorOf(page).waitFor()
    await page.keyboard.press('p')
    await cell(page, 1, 1, 3).waitFor()
    await page.getByRole('button', { name: 'Submit', exact: true }).click()
    await page.getByText('Not right. One try is left').waitFor()
  })

  test('through a proxy that answers itself: the page says so, and recovers by itself', async () => {
    const page = await visitors.visit(served.url)
    await page.locator('.gallery-GalleryPage-card').first().waitFor()
    await page.route('**/api/tasks/**', (route) => route.fulfill({ body: '<html>Sign in</html>' }))
    await page.getByRole('link', { name: /^first/ }).click()
    await page.getByText('Something other than Arcloom answered.').waitFor()
    await page.unroute('**/api/tasks/**')
    await page.getByRole('button', { name: 'Try again' }).click()
    await editorOf(page).waitFor()
  })

  test('to the gallery while the server is down: the page says so, and recovers by itself', async () => {
    const page = await visitors.visit(served.url)
    await page.locator('.gallery-GalleryPage-card').first().waitFor()
    await page.route('**/api/tasks', (route) => route.abort())
    await page.reload()
    await page.getByRole('alert').getByText('The server does not answer.').waitFor()
    await page.unroute('**/api/tasks')
    await page.locator('.gallery-GalleryPage-card').first().waitFor()
  })

  test('by keyboard only: from the gallery to a solved task, and to the next', async () => {
    const page = await visitors.visit(served.url)
    await tabTo(page, page.getByRole('searchbox'))
    await page.keyboard.type('thir')
    await page.getByText('second').waitFor({ state: 'detached' })
    await tabTo(page, page.locator('.gallery-GalleryPage-card a').first())
    await page.keyboard.press('Enter')
    await tabTo(page, editorOf(page))
    await page.keyboard.press('4')
    await page.keyboard.press('Space')
    for (const size of ['Rows', 'Columns']) {
      await tabTo(page, page.getByLabel(size, { exact: true }))
      await page.keyboard.type('1')
      await page.keyboard.press('Enter')
    }
    await tabTo(page, page.getByRole('button', { name: 'Submit', exact: true }))
    await page.keyboard.press('Enter')
    await page.getByText('Right, at try 1 of 2').waitFor()
    await page.keyboard.press('?')
    await page.getByRole('dialog').waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
  })

  test.each(['arc', 'muted'])('in dark mode, in the palette %s: enough contrast everywhere', async (palette) => {
    const page = await visitors.visit(served.url, { colorScheme: 'dark' })
    await page.evaluate((name) => localStorage.setItem('arcloom.palette', name), palette)
    for (const address of ['/', '/tasks/first?steps=transpose']) {
      await page.goto(served.url + address)
      await page.waitForLoadState('networkidle')
      expect([address, await listAxeViolations(page)]).toEqual([address, []])
    }
  })
})
