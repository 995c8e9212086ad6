import { expect, test } from '@jest/globals'
import { describeInBrowser, keepPage } from '../support/keep-page.ts'
import { listAxeViolations } from '../support/list-axe-violations.ts'

const train = [{ input: [[1]], output: [[2]] }]
const hidden = { input: [[5]], output: null }
const tasks = {
  'all-hidden': { train, test: [hidden] },
  'half-hidden': { train, test: [hidden, { input: [[3]], output: [[3]] }] },
}

describeInBrowser('a test input without a known solution', () => {
  const { served, visitors } = keepPage(tasks)

  test('can be drawn for, and is neither judged nor signed', async () => {
    const page = await visitors.visit(`${served.url}/tasks/all-hidden?steps=rotate-90`)
    await page.getByText('No solution is known for this test input.').waitFor()
    await page.getByRole('button', { name: 'Copy from input', exact: true }).click()
    await page.keyboard.press('Control+Enter')
    await page
      .getByRole('grid', { name: /^Your output/ })
      .getByRole('gridcell', { name: /grey 5$/ })
      .waitFor()
    expect(await page.getByRole('button', { name: /^Submit|^How far|^Sign|^Swap/ }).count()).toBe(0)
    await page.getByText('A version can only be signed with all its outputs').waitFor()
    expect(await listAxeViolations(page)).toEqual([])
  })

  test('can be next to one that is judged', async () => {
    const page = await visitors.visit(`${served.url}/tasks/half-hidden`)
    await page.getByText('No solution is known for this test input.').waitFor()
    await page.getByRole('button', { name: /^Transform/ }).click()
    expect(await page.getByLabel('Test pair').locator('option').allTextContents()).toEqual(['Test 2'])
    await page
      .getByRole('group', { name: /^Test input/ })
      .getByRole('button', { name: '2' })
      .click()
    await page.getByRole('button', { name: 'Copy from input', exact: true }).click()
    await page.getByRole('button', { name: 'Submit', exact: true }).click()
    await page.getByText('Right, at try 1 of 2').waitFor()
  })
})
