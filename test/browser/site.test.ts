import { basename, dirname } from 'node:path'
import { expect, test } from '@jest/globals'
import type { Page } from 'playwright-core'
import { buildPairs } from '../support/build-run.ts'
import { openAllOf, putHostileRun } from '../support/hostile-run.ts'
import { describeInBrowser } from '../support/keep-page.ts'
import { addressOnDisk, keepSite } from '../support/keep-site.ts'
import { listAxeViolations } from '../support/list-axe-violations.ts'
import { pointAtCell } from '../support/point-at-cell.ts'
import { putRun } from '../support/put-run.ts'
import { serveFolder } from '../support/serve-folder.ts'
import { expectHarmless } from './expect-harmless.ts'

const right = (task: number) => ({ grids: buildPairs(task).test.map(({ output }) => output) })
const wrong = {
  grids: buildPairs(0).test.map(({ output }) => output.with(0, [9, ...(output[0] ?? []).slice(1)])),
}
const none = { grids: [null] }

describeInBrowser('a written site, opened from disk', () => {
  const site = keepSite(async (runs) => {
    const specification = { recipe: 'direct', samples: 3 } as const
    await putRun(runs, [[none, right(0), wrong], [wrong]], { runId: 'bench', items: 3, specification })
    await putRun(runs, [[none], [right(1)]], { runId: 'other', specification })
    await putRun(runs, [[none]], { runId: 'private', specification })
    await putHostileRun(runs)
  })

  async function visit(folder: string, route?: string) {
    const page = await site.visitors.visit('about:blank')
    const outside: string[] = []
    page.on('request', (request) => {
      if (!request.url().startsWith(addressOnDisk(folder, '').replace('index.html', ''))) outside.push(request.url())
    })
    await page.goto(addressOnDisk(folder, route))
    return { page, outside }
  }

  const expected = (page: Page) => page.getByRole('button', { name: 'Show the expected test outputs' })

  test('leads from the list to a run, a sample, its differences, and two runs side by side', async () => {
    const { page, outside } = await visit(await site.write(['bench', 'other']))
    await page.getByRole('cell').getByText('50.0 %').first().waitFor()
    expect(await page.getByText('private').count()).toBe(0)
    expect(await listAxeViolations(page, { preload: false })).toEqual([])
    await page.getByRole('checkbox', { name: 'Compare bench' }).check()
    await page.getByRole('link', { name: 'bench', exact: true }).click()
    await pointAtCell(page, 'task-0', 3)
    expect(await listAxeViolations(page, { preload: false })).toEqual([])
    await page.goBack()
    expect(await page.getByRole('checkbox', { name: 'Compare bench' }).isChecked()).toBe(true)
    await page.goForward()
    await (await pointAtCell(page, 'task-0', 3)).click()
    await expected(page).click()
    await page.getByText('1 of 8 cells differs from the expected output.').waitFor()
    expect(await listAxeViolations(page, { preload: false })).toEqual([])
    await page.reload()
    await page.getByText('1 of 8 cells differs from the expected output.').waitFor()
    await page.goto(page.url().replace(/#.*/, '#/compare?runs=bench,other&common=yes&all=yes'))
    await page.getByRole('link', { name: 'bench solved, other did not: 1' }).click()
    await page.getByRole('button', { name: 'task-0' }).click()
    await page.getByRole('img', { name: 'bench, attempt 1' }).waitFor()
    expect(await listAxeViolations(page, { preload: false })).toEqual([])
    expect(outside).toEqual([])
  })

  test('works over HTTP below any path', async () => {
    const folder = await site.write(['bench', 'other'])
    const served = await serveFolder(dirname(folder))
    try {
      const page = await site.visitors.visit(`${served.url}/${basename(folder)}/`)
      const outside: string[] = []
      page.on('request', (request) => {
        if (!request.url().startsWith(`${served.url}/${basename(folder)}/`)) outside.push(request.url())
      })
      await page.getByRole('link', { name: 'bench', exact: true }).click()
      await (await pointAtCell(page, 'task-0', 3)).click()
      await expected(page).click()
      await page.getByText('1 of 8 cells differs from the expected output.').waitFor()
      expect(new URL(page.url()).pathname).toBe(`/${basename(folder)}/`)
      await page.reload()
      await page.getByText('1 of 8 cells differs from the expected output.').waitFor()
      await page.goBack()
      expect({ outside, missing: served.missing }).toEqual({ outside: [], missing: [] })
    } finally {
      await served.close()
    }
  })

  test('works by keyboard, and on a phone', async () => {
    const { page } = await visit(await site.write(['bench']))
    await page.getByRole('link', { name: 'bench', exact: true }).waitFor()
    await page.setViewportSize({ width: 390, height: 800 })
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('H1')
    await page.getByRole('link', { name: 'bench', exact: true }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('link', { name: /^Sample 1 of task-0/ }).focus()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.waitForURL(/#\/runs\/bench\/samples\/task-1\/0$/)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
  })

  test('says what had not ended when it was written, and what it does not hold', async () => {
    const { page } = await visit(await site.write(['other']), '/runs/bench')
    await page.getByText('data/bench/run.js is not in this site.').waitFor()
    await page.goto(page.url().replace(/#.*/, '#/tasks/task-0'))
    await page.getByRole('heading', { name: 'There is no such page' }).waitFor()
  })

  test('has no expected outputs where they were left out', async () => {
    const { page } = await visit(await site.write(['bench'], { withExpected: false }), '/runs/bench/samples/task-0/2')
    await page.getByRole('img', { name: 'Test 1, output' }).waitFor()
    expect(await expected(page).count()).toBe(0)
    await page.getByText('The expected outputs of test inputs are not part of it.').waitFor()
    await page.keyboard.press('e')
    await page.waitForURL(/expected=shown/)
    expect(await page.getByText('differs from the expected output').count()).toBe(0)
  })

  test('shows what models wrote as text', async () => {
    const folder = await site.write(['hostile'])
    const { page, outside } = await visit(folder, '/runs/hostile/samples/plain/0?expected=shown')
    await page.getByRole('region', { name: 'Program' }).waitFor()
    await openAllOf(page)
    await expectHarmless(page, folder)
    expect(await page.locator('main pre a, main pre img').count()).toBe(0)
    for (const route of ['/runs', '/runs/hostile', '/compare?runs=<img src=x onerror=alert(1)>,b']) {
      await page.goto(addressOnDisk(folder, route))
      await page.locator('main').waitFor()
      await expectHarmless(page, folder)
    }
    expect(outside).toEqual([])
  })

  test('lets no other script run', async () => {
    const { page } = await visit(await site.write(['other']))
    const ran = await page.evaluate(() => {
      const done: string[] = []
      Object.assign(window, { ran: (how: string) => done.push(how) })
      const script = document.createElement('script')
      script.textContent = "ran('script')"
      document.body.append(script)
      return done
    })
    expect(ran).toEqual([])
    for (const complaint of await site.visitors.leave()) expect(complaint).toMatch(/Content Security Policy/i)
  })
})
