import { expect, test } from '@jest/globals'
import type { Page } from 'playwright-core'
import { describeInBrowser, keepPage } from '../support/keep-page.ts'

const pair = (input: number[][], output: number[][]) => ({ input, output })
const tasks = {
  'same-size': {
    train: [pair([[1, 2]], [[2, 1]])],
    test: [pair([[3, 4, 5]], [[5, 4, 3]]), pair([[6], [7]], [[7], [6]])],
  },
}

describeInBrowser('a drawing', () => {
  const { served, visitors } = keepPage(tasks)

  const visit = () => visitors.visit(`${served.url}/tasks/same-size`)
  const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
  const ofSize = (page: Page, size: string) => page.getByRole('grid', { name: `Your output, ${size}`, exact: true })
  const cell = (page: Page, column: number, symbol: number) =>
    page
      .getByRole('grid', { name: /^Your output/ })
      .getByRole('gridcell', { name: new RegExp(`^row 1, column ${column}, .* ${symbol}$`) })

  test('starts at the input’s size if train pairs keep theirs, and is refused until something is drawn', async () => {
    const page = await visit()
    await ofSize(page, '1 by 3').waitFor()
    await button(page, 'Submit').click()
    await page.getByText('Draw the output first. No try was used.').waitFor()
    await cell(page, 1, 0).click()
    await button(page, 'Reset').click()
    await ofSize(page, '1 by 3').waitFor()
    await button(page, 'Submit').click()
    await page.getByText('Not right. One try is left').waitFor()
  })

  test('can be undone and redone after a reload, in whichever tab', async () => {
    const page = await visit()
    await cell(page, 1, 0).click()
    await cell(page, 2, 0).click()
    await page.reload()
    await cell(page, 2, 1).waitFor()
    await button(page, 'Undo').click()
    await cell(page, 2, 0).waitFor()
    const other = await page.context().newPage()
    await other.goto(page.url())
    await button(other, 'Redo').click()
    await cell(page, 2, 1).waitFor()
    await button(page, 'Undo').click()
    await button(page, 'Undo').click()
    await cell(other, 1, 0).waitFor()
    expect(await button(other, 'Undo').getAttribute('aria-disabled')).toBe('true')
  })

  test('is kept for each test input, and T goes to the next one', async () => {
    const page = await visit()
    await cell(page, 1, 0).click()
    await page.keyboard.press('t')
    await ofSize(page, '2 by 1').waitFor()
    await page.waitForURL(/test=2/)
    await page.keyboard.press('Shift+T')
    await cell(page, 1, 1).waitFor()
    await page.getByLabel('Go to a task').focus()
    await page.keyboard.type('t')
    await ofSize(page, '1 by 3').waitFor()
  })
})
