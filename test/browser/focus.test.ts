import { expect, test } from '@jest/globals'
import type { Locator, Page } from 'playwright-core'
import { describeInBrowser, keepPage } from '../support/keep-page.ts'
import { listAxeViolations } from '../support/list-axe-violations.ts'

const pair = (input: number[][], output: number[][]) => ({ input, output })
const tasks = {
  first: { train: [pair([[1, 2]], [[2, 1]]), pair([[7]], [[8]])], test: [pair([[3, 4]], [[4, 3]])] },
  second: { train: [pair([[1]], [[2]])], test: [pair([[5]], [[6]])] },
}

describeInBrowser('keyboard focus', () => {
  const { served, visitors } = keepPage(tasks)

  const editorOf = (page: Page) => page.getByRole('grid', { name: /^Your output/ })
  const button = (page: Page, name: string | RegExp) =>
    page.getByRole('button', { name, exact: typeof name === 'string' })

  /** Presses a button by keyboard. */
  async function press(target: Locator): Promise<void> {
    await target.focus()
    await target.press('Enter')
  }

  const untilFocused = (target: Locator) => target.and(target.page().locator(':focus-visible')).waitFor()

  test('moves to the heading of a task when it opens, and back to its card', async () => {
    const page = await visitors.visit(served.url)
    await page.getByRole('link', { name: /^second/ }).focus()
    await page.keyboard.press('Enter')
    await untilFocused(page.getByRole('heading', { name: 'second' }))
    await page.goBack()
    await untilFocused(page.getByRole('link', { name: /^second/ }))
  })

  test('moves into an enlarged pair, and back to where it was', async () => {
    const page = await visitors.visit(`${served.url}/tasks/first`)
    const small = page.getByRole('grid', { name: /^Train 2 input, 1 by 1/ })
    await small.focus()
    await page.keyboard.press('z')
    await page.getByRole('dialog', { name: 'Train 2 of 2' }).waitFor()
    await page.waitForURL(/enlarged=2/)
    await page.keyboard.press('ArrowLeft')
    const dialog = page.getByRole('dialog', { name: 'Train 1 of 2' })
    await dialog.getByRole('grid', { name: /^Train 1 output, enlarged/ }).waitFor()
    expect(await listAxeViolations(page)).toEqual([])
    await page.reload()
    await dialog.waitFor()
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    await page.waitForURL(({ search }) => !/enlarged/.test(search))
    await press(button(page, 'Enlarge train pair 2'))
    await page.keyboard.press('z')
    await untilFocused(button(page, 'Enlarge train pair 2'))
  })

  test('moves to the next task, where arrow keys bring it to the editor', async () => {
    const page = await visitors.visit(`${served.url}/tasks/first`)
    await editorOf(page).focus()
    await page.keyboard.press('n')
    await untilFocused(page.getByRole('heading', { name: 'second' }))
    await editorOf(page).waitFor()
    await page.keyboard.press('ArrowDown')
    await untilFocused(editorOf(page))
    await button(page, 'How far off?').focus()
    await page.keyboard.press('e')
    await untilFocused(editorOf(page))
  })

  test('stays on a button that has just been disabled', async () => {
    const page = await visitors.visit(`${served.url}/tasks/first`)
    await editorOf(page).press('Space')
    await press(button(page, 'Undo'))
    await expect(button(page, 'Undo').getAttribute('aria-disabled')).resolves.toBe('true')
    await untilFocused(button(page, 'Undo'))
    await press(button(page, 'Submit'))
    await page.getByText('Not right. One try is left').waitFor()
    await untilFocused(button(page, 'Submit'))
  })

  test('moves to the replacement when the focused element is removed', async () => {
    const page = await visitors.visit(`${served.url}/tasks/first`)
    await press(button(page, /^Transform/))
    await press(button(page, 'Rotate clockwise'))
    await press(button(page, 'Remove: rotated 90° clockwise'))
    await untilFocused(button(page, /^Transform/))
    await press(button(page, 'Rotate clockwise'))
    await press(button(page, 'Sign this version'))
    await page.getByRole('textbox', { name: 'Your name' }).fill('Ada')
    await page.keyboard.press('Enter')
    await page.getByText('Signed as version 1.').waitFor()
    await untilFocused(button(page, /^Transform/))
    await press(button(page, 'Remove version 1…'))
    await untilFocused(button(page, 'Remove'))
    await press(button(page, 'Keep'))
    await untilFocused(button(page, 'Remove version 1…'))

    await press(page.getByRole('tab', { name: /^Traces/ }))
    await page.getByLabel('Write a trace').fill('A rule.')
    await press(button(page, 'Add'))
    await press(button(page, 'Edit'))
    await untilFocused(page.getByLabel('Change your trace'))
    await press(button(page, 'Cancel'))
    await untilFocused(button(page, 'Edit'))
    await press(page.locator('.task-traces-TraceItem-trace').getByRole('button', { name: 'Remove' }))
    await page.getByText('Your trace was removed.').waitFor()
    await untilFocused(page.getByRole('tabpanel').getByRole('button', { name: 'Undo' }))
  })
})
