import { expect, test } from '@jest/globals'
import type { Page } from 'playwright-core'
import { describeInBrowser, keepPage } from '../support/keep-page.ts'

const pair = (input: number[][], output: number[][]) => ({ input, output })
const wide = [Array.from({ length: 30 }, (_, column) => column % 10)]
const tasks = {
  'on-a-phone': {
    train: Array.from({ length: 4 }, () => pair(wide, wide)),
    test: [pair(wide, wide), pair([[1, 2]], [[2, 1]])],
  },
}
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true } as const

describeInBrowser('on a phone', () => {
  const { served, visitors } = keepPage(tasks)

  /** Controls that are too small for a finger. The label of a checkbox counts as part of it. */
  const listSmall = (page: Page) =>
    page.evaluate(() =>
      [...document.querySelectorAll('button, a[href], input, select, summary')]
        .filter((control) => control.checkVisibility() && control.closest('dialog, [href="#main"]') === null)
        .map((control) => control.closest('label') ?? control)
        .map((control) => ({ name: control.ariaLabel ?? control.textContent, box: control.getBoundingClientRect() }))
        .filter(({ box }) => box.width < 40 || box.height < 40)
        .map(({ name, box }) => `${name}: ${box.width} by ${box.height}`),
    )

  test('train pairs and test input stay in sight while one draws', async () => {
    const page = await visitors.visit(`${served.url}/tasks/on-a-phone`, {
      ...phone,
      viewport: { width: 390, height: 640 },
    })
    const editor = page.getByRole('grid', { name: /^Your output/ })
    await editor.waitFor()
    await page.evaluate(() => window.scrollTo(0, 200))
    expect(await page.evaluate(() => window.scrollY)).toBeGreaterThan(100)
    const topOf = (name: string) =>
      page.getByRole('grid', { name, exact: true }).evaluate((grid) => grid.getBoundingClientRect().top)
    for (const name of ['Train 1 input, 1 by 30', 'Test input, 1 by 30']) {
      expect(await topOf(name)).toBeGreaterThanOrEqual(0)
      expect(await topOf(name)).toBeLessThan(150)
    }
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
  })

  test('all pages are reached from the top bar, and the settings behind a button', async () => {
    const page = await visitors.visit(served.url, { ...phone, viewport: { width: 320, height: 640 } })
    const header = page.getByRole('banner')
    await header.getByRole('link', { name: 'Annotate' }).tap()
    await page.getByRole('heading', { name: 'Label reasoning' }).waitFor()
    await header.getByRole('link', { name: 'Runs' }).tap()
    await page.waitForURL(/\/runs$/)
    expect(await page.getByLabel('Palette').isVisible()).toBe(false)
    await header.getByRole('button', { name: 'Settings' }).tap()
    await page.getByLabel('Palette').waitFor()
    expect(await listSmall(page)).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320)
    await header.getByRole('link', { name: 'Tasks' }).tap()
    await page.getByRole('link', { name: /^on-a-phone/ }).waitFor()
    await header.getByRole('button', { name: 'Your name…' }).tap()
    await page.getByRole('dialog').getByRole('textbox', { name: 'Your name' }).waitFor()
  })

  test('everything to press is large enough for a finger', async () => {
    const page = await visitors.visit(`${served.url}/tasks/on-a-phone?steps=transpose`, phone)
    await page.getByRole('button', { name: /^Transform/ }).tap()
    await page.getByRole('tab', { name: /^Traces/ }).tap()
    await page.getByLabel('Write a trace').waitFor()
    expect(await listSmall(page)).toEqual([])
    await page.goto(served.url)
    await page.getByRole('link', { name: /^on-a-phone/ }).waitFor()
    expect(await listSmall(page)).toEqual([])
  })
})
