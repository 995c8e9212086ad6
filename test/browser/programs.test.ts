import { join } from 'node:path'
import { beforeAll, expect, test } from '@jest/globals'
import type { Page } from 'playwright-core'
import { createRunStore } from '../../src/adapters/stores/create-run-store.ts'
import { createFileBlobs } from '../../src/adapters/stores/file-blobs.ts'
import { createPass } from '../../src/api/guards/admit-bearer.ts'
import { buildPairs } from '../support/build-run.ts'
import { describeInBrowser, keepPage } from '../support/keep-page.ts'
import { listAxeViolations } from '../support/list-axe-violations.ts'
import { recordRun } from '../support/record-run.ts'

const tasks = { 'task-0': buildPairs(0), 'task-1': buildPairs(1) }
const ofModel = 'def solve(grid):\n    return grid'
const hostile = '<img src=x onerror=alert(1)><script>alert(2)</script>'

describeInBrowser('a program on the page', () => {
  const { served, visitors } = keepPage(tasks)
  beforeAll(async () => {
    const runs = createRunStore(createFileBlobs(join(served.dataDir, 'runs')), 'test')
    const task = { taskId: 'task-0', version: 0, dataset: 'd', split: 'training', ...buildPairs(0) }
    const text = `As it is.\n\n\`\`\`python\n${ofModel}\n\`\`\``
    await recordRun(runs, { name: 'code', recipe: 'code', tasks: [task], say: () => [{ texts: [text] }] })
  })

  const field = (page: Page) => page.getByRole('textbox', { name: 'Program' })
  const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent)

  test('is written, run and kept as a trace by keyboard alone', async () => {
    const page = await visitors.visit(`${served.url}/tasks/task-0`)
    await page.getByRole('tab', { name: 'Runs' }).focus()
    await page.keyboard.press('End')
    await page.keyboard.press('Enter')
    await field(page).waitFor()
    await field(page).focus()
    await page.keyboard.press('Control+a')
    // The page's own keys: next task, draw, enlarge.
    for (const [text, key] of [
      ['def solve(n, d=0, z=0):', 'Enter'],
      ['if d:', 'Enter'],
      ['pass', 'Enter'],
      ['', 'Shift+Tab'],
      [`print("${hostile}")`, 'Enter'],
      ['return n[5]', 'Control+Enter'],
    ] as const) {
      await page.keyboard.type(text)
      await page.keyboard.press(key)
    }
    expect(await field(page).inputValue()).toBe(
      `def solve(n, d=0, z=0):\n    if d:\n        pass\n    print("${hostile}")\n    return n[5]`,
    )
    const result = page.getByRole('region', { name: 'What the program gave' })
    await result.getByText('✗ Right on 0 of 3 pairs').waitFor()
    await result.getByText('train 1, train 2, test 1: It raised IndexError in line 5').waitFor()
    expect(await result.getByRole('region', { name: 'What it printed' }).textContent()).toContain(hostile)
    expect(await listAxeViolations(page)).toEqual([])

    await page.keyboard.press('Backspace')
    await page.getByText('The program has changed since it ran.').waitFor()
    for (let count = 0; count < 2; count += 1) await page.keyboard.press('Backspace')
    await page.keyboard.type('[::-1]')
    await page.keyboard.press('Control+Enter')
    await result.getByText('✓ Right on all 3 pairs').waitFor()
    expect(page.url()).toBe(`${served.url}/tasks/task-0`)

    await page.reload()
    await field(page).waitFor()
    expect(await field(page).inputValue()).toContain('return n[::-1]')
    await field(page).focus()
    await page.keyboard.press('Escape')
    expect(await focused(page)).toBe('Run')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    const trace = page.getByRole('textbox', { name: 'Write a trace' })
    await trace.waitFor()
    expect(await trace.inputValue()).toMatch(/^```python\ndef solve\(n, d=0, z=0\):\n[^]*\n```\n$/)
    expect(await trace.evaluate((element) => element === document.activeElement)).toBe(true)
  })

  test('begins with that of a sample, at an address that can be sent', async () => {
    const page = await visitors.visit(`${served.url}/runs/code/samples/task-0/0`)
    await page.getByRole('link', { name: 'Change the program and run it' }).click()
    await field(page).waitFor()
    expect(await field(page).inputValue()).toContain(ofModel)
    await page.waitForURL(/\/tasks\/task-0\?run=code&sample=0&program=sample$/)
    await page.keyboard.press('Control+Enter')
    await page.getByText('✗ Right on 0 of 3 pairs').waitFor()
    // Nothing tells what is expected of the test input until somebody asks.
    const differences = page.getByText(/cells? differs? from the expected output/)
    const before = await differences.count()
    await page.getByRole('button', { name: 'Show the expected test outputs' }).click()
    await differences.nth(before).waitFor()
    await page.getByRole('link', { name: 'Your own program' }).click()
    await page.waitForURL(/\?run=code&sample=0$/)
    await page.goBack()
    await page.reload()
    await field(page).waitFor()
    expect(await field(page).inputValue()).toContain(ofModel)
    expect(await listAxeViolations(page)).toEqual([])
  })

  test.each([
    ['a desktop', { width: 1280, height: 800 }],
    ['a phone', { width: 390, height: 844 }],
  ])('is in view and has the focus when one comes to it, on %s', async (_, viewport) => {
    const waitForField = async (page: Page) => {
      await field(page).waitFor()
      await page.waitForFunction(() => {
        const { activeElement } = document
        const { top = -1, height = 0 } = activeElement?.getBoundingClientRect() ?? {}
        return activeElement?.id === 'program-field' && top >= 0 && top + Math.min(height, 100) <= innerHeight
      })
    }
    const page = await visitors.visit(`${served.url}/runs/code/samples/task-0/0`, { viewport })
    await page.getByRole('link', { name: 'Change the program and run it' }).click()
    await waitForField(page)
    // What stands above has come meanwhile.
    await page.getByRole('region', { name: "Model's sample" }).waitFor()
    await waitForField(page)
    // From the sample's panel, to the editor that is open already.
    await page.evaluate(() => scrollTo(0, 0))
    await page.getByRole('link', { name: 'Change the program and run it' }).click()
    await waitForField(page)
    await page.getByRole('link', { name: 'Your own program' }).click()
    await page.getByRole('link', { name: 'Change the program and run it' }).click()
    await waitForField(page)
  })

  test.each(['light', 'dark'] as const)('fits a phone, %s, and can be stopped', async (colorScheme) => {
    const page = await visitors.visit(`${served.url}/tasks/task-1`, {
      viewport: { width: 390, height: 844 },
      hasTouch: true,
      isMobile: true,
      colorScheme,
    })
    await page.getByRole('tab', { name: 'Program' }).tap()
    await field(page).fill(`def solve(grid):\n    while True: pass  # ${'long '.repeat(40)}`)
    await page.getByRole('button', { name: 'Run', exact: true }).tap()
    await page.getByRole('button', { name: 'Stop' }).tap()
    await page.getByRole('button', { name: 'Run', exact: true }).waitFor()
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
    expect(await listAxeViolations(page)).toEqual([])
  })

  test('says why it was not run, and does not take a busy server for one that is away', async () => {
    const page = await visitors.visit(`${served.url}/tasks/task-1`)
    const problem = { error: { type: 'busy', message: '12 programs are running or waiting' } }
    await page.getByRole('tab', { name: 'Program' }).click()
    for (const { answer, isAway } of [
      { answer: { json: problem }, isAway: false },
      { answer: { body: '<h1>503 Service Unavailable</h1>' }, isAway: true },
    ]) {
      await page.route('**/run', (route) => route.fulfill({ status: 503, ...answer }), { times: 1 })
      await page.getByRole('button', { name: 'Run', exact: true }).click()
      await page.getByText(isAway ? 'Something other than Arcloom answered.' : problem.error.message).waitFor()
      expect(await page.getByText('No connection to the server.').isVisible()).toBe(isAway)
    }
  })
})

describeInBrowser('a program on a page whose visitors may only look and write', () => {
  const pass = createPass(0)
  const { served, visitors } = keepPage(tasks, { pass })

  test('is written and kept as a trace, but not run', async () => {
    const page = await visitors.visit(`${served.url}/tasks/task-0?token=${pass.token}`)
    const requests: string[] = []
    page.on('request', (request) => requests.push(new URL(request.url()).pathname))
    await page.getByRole('tab', { name: 'Program' }).click()
    await page.getByText('This server does not let visitors start or steer runs, run programs').waitFor()
    expect(await page.getByRole('button', { name: 'Run', exact: true }).count()).toBe(0)
    const editor = page.getByRole('textbox', { name: 'Program' })
    await editor.focus()
    await page.keyboard.press('Control+Enter')
    await page.keyboard.press('Escape')
    expect(await editor.evaluate((element) => element === document.activeElement)).toBe(false)
    expect(await listAxeViolations(page)).toEqual([])
    await page.getByRole('button', { name: 'Save as a trace…' }).click()
    expect(await page.getByRole('textbox', { name: 'Write a trace' }).inputValue()).toContain('def solve(grid):')
    expect(requests.filter((path) => path.endsWith('/run'))).toEqual([])
  })
})
