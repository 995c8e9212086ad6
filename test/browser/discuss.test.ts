import { expect, test } from '@jest/globals'
import type { Page } from 'playwright-core'
import type { Model } from '../../src/domain/models/model-spec.ts'
import type { Reply } from '../support/fake-provider.ts'
import { describeInBrowser, keepPage } from '../support/keep-page.ts'
import { keepProviders } from '../support/keep-providers.ts'
import { listAxeViolations } from '../support/list-axe-violations.ts'
import { buildDiscussionModel, openTestDiscussions } from '../support/open-discussions.ts'

const pair = (input: number[][], output: number[][]) => ({ input, output })
const tasks = { first: { train: [pair([[1, 2]], [[2, 1]])], test: [pair([[3, 4]], [[4, 3]])] } }

const hostile = [
  'The **rule**: it is mirrored.\n\n',
  '<script>document.title = "owned"</script><img src=x onerror="document.title = 1">',
  ' [here](javascript:alert(1))\n\n```python\ndef solve_task(grid):\n    return [row[::-1] ',
  'for row in grid]  # </pre><script>alert(2)</script>\n```\n\nDone.',
]

describeInBrowser('a discussion', () => {
  const models: Model[] = []
  const { served, visitors } = keepPage(tasks, { discussions: openTestDiscussions({ models }) })
  const startProvider = keepProviders()

  /** Opens the page as Ada, with a model that answers like this. */
  async function open(script: readonly Reply[], viewport = { width: 1280, height: 800 }): Promise<Page> {
    const provider = await startProvider({ script })
    const noKey = buildDiscussionModel(provider.url, { key: 'OTHER', apiKeyVariable: 'NO_KEY' })
    models.splice(0, models.length, noKey, buildDiscussionModel(provider.url))
    const page = await visitors.visit(`${served.url}/tasks/first`, { viewport })
    await page.evaluate(() => localStorage.setItem('arcloom.person', 'Ada'))
    await page.getByRole('link', { name: 'Discuss' }).click()
    return page
  }

  const field = (page: Page) => page.getByRole('textbox', { name: 'Your question' })

  async function ask(page: Page, text: string): Promise<void> {
    await field(page).fill(text)
    await field(page).press('Control+Enter')
  }

  test('is led by keyboard, runs nothing that the model wrote, and survives a reload', async () => {
    const page = await open([{ stream: hostile }])
    await ask(page, 'What changes?')
    await page.getByText('Done.').waitFor()
    await page.getByRole('button', { name: 'Keep as trace' }).waitFor()
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Your question')
    expect(await field(page).inputValue()).toBe('')
    await page.getByRole('status').getByText('The answer has come.').waitFor({ state: 'attached' })
    expect(await page.getByRole('link', { name: 'here' }).count()).toBe(0)
    expect(await page.title()).toMatch(/^Discuss first/)
    expect(await page.getByRole('option', { name: /OTHER/ }).textContent()).toBe('OTHER (NO_KEY is not set)')
    expect(await listAxeViolations(page)).toEqual([])
    await page.reload()
    await page.getByRole('region', { name: 'Program' }).getByText('return').waitFor()
    await page.getByRole('button', { name: 'Run on this task' }).click()
    await page.waitForURL(/\/tasks\/first$/)
    await page.getByRole('tab', { name: 'Program', selected: true }).waitFor()
    expect(await page.evaluate(() => localStorage.getItem('arcloom.program.first'))).toMatch(/^def solve_task/)
  })

  test('asks a newcomer for a name, and gives the focus back to the question', async () => {
    const page = await open([{ stream: ['It is mirrored.'] }])
    await page.evaluate(() => localStorage.removeItem('arcloom.person'))
    await page.reload()
    await ask(page, 'What changes?')
    await page.getByRole('textbox', { name: 'Your name' }).fill('Bob')
    await page.keyboard.press('Enter')
    await page.getByText('It is mirrored.').waitFor()
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Your question')
  })

  test('keeps an answer as a trace of the model', async () => {
    const page = await open([{ stream: ['It is mirrored.'] }])
    await ask(page, 'What changes?')
    await page.getByRole('button', { name: 'Keep as trace' }).click()
    await page.getByText('Kept as a trace of fake.').waitFor()
  })

  test('stops by Escape, and keeps what has come', async () => {
    const page = await open([{ stream: ['It is ', 'mirr'], end: 'open' }, { stream: ['It is whole.'] }])
    await ask(page, 'What changes?')
    await page.getByText('It is mirr').waitFor()
    await page.keyboard.press('Escape')
    await page.getByText('Stopped here.').waitFor()
    await page.getByText('It is mirr').waitFor()
    await page.getByRole('button', { name: 'Ask again' }).click()
    await page.getByText('It is whole.').waitFor()
  })

  test('keeps a question that was refused, and says why', async () => {
    const page = await open([{ status: 401, body: { error: { message: 'no such key' } } }])
    await ask(page, 'What changes?')
    await page.getByText(/No answer: 401: no such key/).waitFor()
    const [other] = models.splice(1)
    expect(other?.key).toBe('FAKE')
    await ask(page, 'And now?')
    await page.getByRole('alert').getByText('There is no model').waitFor()
    expect(await field(page).inputValue()).toBe('And now?')
  })

  test('fits a phone', async () => {
    const page = await open([{ stream: hostile }], { width: 390, height: 844 })
    await ask(page, 'What changes? '.repeat(20))
    await page.getByText('Done.').waitFor()
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
    expect(await listAxeViolations(page)).toEqual([])
  })
})
