import { afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals'
import type { Page } from 'playwright-core'
import { readConfig } from '../../src/config.ts'
import { createOperations } from '../../src/operations/create-operations.ts'
import { buildPairs } from '../support/build-run.ts'
import { startFakeProvider, type FakeProvider } from '../support/fake-provider.ts'
import { describeInBrowser, keepPage } from '../support/keep-page.ts'
import { keepTestBench } from '../support/keep-test-bench.ts'
import { listAxeViolations } from '../support/list-axe-violations.ts'
import { playStack, putModels } from '../support/play-stack.ts'

const tasks = { 'task-0': buildPairs(0), 'task-1': buildPairs(1), 'task-2': buildPairs(2) }

describeInBrowser('starting and steering runs on the page', () => {
  const bench = keepTestBench()
  const environment = () => ({ ...bench.config.environment(), TEMPORAL_ADDRESS: bench.config.temporal.address })
  let project = ''
  const { served, visitors } = keepPage(tasks, {
    findDataDir: () => bench.config.dataDir,
    openOperations(folder, store) {
      project = folder
      const config = readConfig(environment(), { projectRoot: folder })
      return createOperations({
        readConfig: async () => config,
        stateDir: config.stateDir,
        store,
        note: () => undefined,
      })
    },
  })
  beforeAll(() => playStack(bench.config, bench.config.temporal.address ?? ''))

  /** Answers are held back until the test lets them go. */
  let provider: FakeProvider
  let release: () => void
  beforeEach(async () => {
    const released = Promise.withResolvers<void>()
    release = released.resolve
    provider = await startFakeProvider({
      reply: async () => {
        await released.promise
        return { text: '[[1]]' }
      },
    })
    await putModels(project, provider.url, { FREE: { provider: 'local', id: 'free' } })
  })
  afterEach(async () => {
    release()
    await provider.close()
  })

  const press = async (page: Page, role: 'button' | 'link' | 'checkbox', name: string | RegExp, key = 'Enter') => {
    await page.getByRole(role, { name }).focus()
    await page.keyboard.press(key)
  }
  const type = async (page: Page, label: string, text: string) => {
    await page.getByLabel(label, { exact: true }).focus()
    await page.keyboard.type(text)
  }
  const waitForState = (page: Page, state: string) =>
    page.getByRole('region', { name: 'Numbers' }).getByText(state, { exact: true }).waitFor()

  test('by keyboard: started, watched, paused, resumed with more budget, and compared', async () => {
    const page = await visitors.visit(`${served.url}/runs`)
    const refusals: string[] = []
    page.on('response', (response) => response.status() >= 400 && refusals.push(response.url()))
    await press(page, 'link', 'Start a run')
    await page.getByRole('heading', { name: 'Start a run' }).waitFor()
    await page.getByText('ARCLOOM_TEST_KEY is not set').waitFor()
    await page.getByText('Choose at least one.').waitFor()
    await press(page, 'checkbox', /^FAKE/, 'Space')
    await page.getByLabel('What to ask').selectOption('benchmark direct')
    await type(page, 'Samples', '0')
    await page.getByText('Allowed: a whole number from 1').waitFor()
    await type(page, 'Budget in USD', '5')
    await page.getByText('“Budget in USD” needs “Tokens per answer”').waitFor()
    // Every problem at once, each beside its field.
    expect(await page.getByText('Allowed: a whole number from 1').isVisible()).toBe(true)
    await page.getByText('Before it can start, look at: Samples, Budget in USD.').waitFor()
    expect(await page.getByRole('button', { name: 'Start' }).isDisabled()).toBe(true)
    await page.keyboard.press('Backspace')
    await page.getByLabel('Samples', { exact: true }).focus()
    await page.keyboard.press('Backspace')
    await type(page, 'Tokens per answer', '100')
    await page.getByText('3 tasks, 3 requests').waitFor()
    await page.getByText('npx arcloom benchmark direct --model FAKE --max-tokens 100').waitFor()
    expect(await listAxeViolations(page)).toEqual([])
    await page.reload()
    await page.getByText('3 tasks, 3 requests').waitFor()
    expect(refusals).toEqual([])
    await press(page, 'button', 'Start')

    await page.waitForURL(/\/runs\/direct-FAKE-/)
    await provider.waitUntil((requests) => requests.length === 3)
    await page.getByText('3 requests in flight').first().waitFor()
    await press(page, 'button', 'Pause')
    await page.getByText('3 requests in flight are waited for').waitFor()
    expect(await listAxeViolations(page)).toEqual([])
    // The focus is on the button that does it.
    await page.keyboard.press('Enter')
    await waitForState(page, 'paused')
    await press(page, 'button', 'Interrupt')
    await page.keyboard.press('Escape')
    expect(await page.getByRole('form', { name: 'Interrupt' }).count()).toBe(0)
    await press(page, 'button', 'Budget')
    await page.keyboard.type('0.2')
    await page.keyboard.press('Enter')
    await page.getByText('of a budget of $0.2').waitFor()
    await press(page, 'button', 'Interrupt')
    await page.keyboard.press('Enter')
    await page.getByText('running, being interrupted').or(page.getByText('paused, being interrupted')).waitFor()
    release()
    await waitForState(page, 'interrupted')
    const { pathname } = new URL(page.url())

    await press(page, 'link', 'Run again with …')
    await page.getByText('--max-tokens 100 --budget-usd 0.2').waitFor()
    await type(page, 'Name', 'again')
    // Not enough for one request.
    await page.getByLabel('Budget in USD', { exact: true }).focus()
    await page.keyboard.press('Control+A')
    await page.keyboard.type('0.05')
    await page.getByText('--budget-usd 0.05 --name again').waitFor()
    await page.getByText('3 tasks, 3 requests').waitFor()
    await press(page, 'button', 'Start')
    await page.waitForURL(/\/runs\/again$/)
    await waitForState(page, 'budget reached')
    await press(page, 'button', 'Resume with more budget')
    // The budget that was reached allows nothing more.
    await page.keyboard.press('Enter')
    await page.getByText('Its budget of $0.05 does not allow the next request.').waitFor()
    await page.keyboard.press('Control+A')
    await page.keyboard.type('much')
    await page.keyboard.press('Enter')
    await page.getByText('Allowed: a number from 0 to 1,000,000.', { exact: true }).waitFor()
    await page.keyboard.press('Control+A')
    await page.keyboard.type('5')
    await page.keyboard.press('Enter')
    await waitForState(page, 'complete')
    await page.goto(`${served.url}/runs`)
    await press(page, 'checkbox', 'Compare again', 'Space')
    await press(page, 'checkbox', `Compare ${pathname.split('/').at(-1)}`, 'Space')
    await press(page, 'link', 'Compare')
    await page.waitForURL(/\/compare\?/)
  })

  test('a run that can take no budget is not offered one, and every other action works', async () => {
    const page = await visitors.visit(`${served.url}/runs/new?command=benchmark+direct&model=FREE`)
    await page.getByText('3 tasks, 3 requests').waitFor()
    await press(page, 'button', 'Start')
    await page.waitForURL(/\/runs\/direct-FREE-/)
    await page.getByText('No budget: FREE costs nothing.').waitFor()
    expect(await page.getByRole('button', { name: 'Budget' }).count()).toBe(0)
    await press(page, 'button', 'Tasks at once')
    await page.keyboard.press('Control+A')
    await page.keyboard.type('many')
    await page.keyboard.press('Enter')
    await page.getByText('Allowed: a whole number from 1 to 1,000.', { exact: true }).waitFor()
    await page.keyboard.press('Control+A')
    await page.keyboard.type('2')
    await page.keyboard.press('Enter')
    await page.getByRole('form', { name: 'Tasks at once' }).waitFor({ state: 'detached' })
    await press(page, 'button', 'Pause')
    await page.keyboard.press('Enter')
    await waitForState(page, 'paused')
    await press(page, 'button', 'Unpause')
    await page.keyboard.press('Enter')
    await waitForState(page, 'running')
    await press(page, 'button', 'Cancel')
    await page.keyboard.press('Enter')
    await waitForState(page, 'cancelled')
    release()
    await press(page, 'button', 'Resume')
    await page.getByText('Stored answers are kept.').waitFor()
    expect(await page.getByLabel('Budget in USD').count()).toBe(0)
    await page.keyboard.press('Enter')
    await waitForState(page, 'complete')
    expect(await page.getByRole('region', { name: 'Steering' }).getByRole('button').count()).toBe(0)
  })

  test('what is asked of a run that has ended meanwhile is refused in words, and opens it no more', async () => {
    release()
    const page = await visitors.visit(
      `${served.url}/runs/new?command=benchmark+direct&model=FAKE&name=short&max_tokens=9`,
    )
    await page.getByText('3 tasks, 3 requests').waitFor()
    // The page is not told that the run has ended.
    let isTold = false
    const ended = Promise.withResolvers<void>()
    await page.route('**/api/runs/short', async (route) => {
      const response = await route.fetch()
      const text = await response.text()
      if (text.includes('"state":"complete"')) ended.resolve()
      return route.fulfill({ response, body: isTold ? text : text.replace('"state":"complete"', '"state":"running"') })
    })
    await press(page, 'button', 'Start')
    await page.waitForURL(/\/runs\/short$/)
    await press(page, 'button', 'Budget')
    await page.keyboard.type('3')
    await ended.promise
    isTold = true
    await page.keyboard.press('Enter')
    await page.getByText('The run has ended: it is complete.').waitFor()
    await waitForState(page, 'complete')
  })

  test('on a phone: nothing is wider than the window, and everything is large enough to touch', async () => {
    const page = await visitors.visit(`${served.url}/runs/new?model=FAKE&budget_usd=1`, {
      viewport: { width: 390, height: 844 },
      hasTouch: true,
      isMobile: true,
    })
    await page.getByText('“Budget in USD” needs “Tokens per answer”').waitFor()
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
    const heights = await page
      .locator('main :is(button, select, input:not([type=checkbox]), summary, li label)')
      .evaluateAll((all) => all.map((each) => each.getBoundingClientRect().height).filter((height) => height > 0))
    expect(Math.min(...heights)).toBeGreaterThanOrEqual(40)
  })
})
