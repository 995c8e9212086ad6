import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, expect, test } from '@jest/globals'
import type { Page } from 'playwright-core'
import { createRunStore } from '../../src/adapters/stores/create-run-store.ts'
import { createFileBlobs } from '../../src/adapters/stores/file-blobs.ts'
import { buildPairs } from '../support/build-run.ts'
import { describeInBrowser, keepPage } from '../support/keep-page.ts'
import { listAxeViolations } from '../support/list-axe-violations.ts'
import { recordRun } from '../support/record-run.ts'

const names = ['task-0', 'task-1', 'task-2']
const tasks = Object.fromEntries(names.map((name, index) => [name, buildPairs(index)]))
const hostile =
  '<script>alert(1)</script> <img src=x onerror=alert(2)> [a](javascript:alert(3)) <style>body{display:none}</style>'
const program = '```python\ndef solve(g):\n    return g[::-1]\n```'

describeInBrowser('reasoning to label', () => {
  const { served, visitors } = keepPage(tasks)
  beforeAll(async () => {
    const runs = createRunStore(createFileBlobs(join(served.dataDir, 'runs')), 'test')
    const about = names.map((taskId, index) => ({
      taskId,
      version: 0,
      dataset: 'd',
      split: 'training',
      ...buildPairs(index),
    }))
    await recordRun(runs, {
      name: 'labelled',
      recipe: 'code',
      tasks: about,
      say: ({ taskId }) =>
        [0, 1].map((sample) => ({
          texts: [`Rule ${sample} of ${taskId}.\n\n${hostile}\n\n${program}`],
          right: sample === 0 ? ('all' as const) : ('none' as const),
        })),
    })
  })

  async function readLabels(): Promise<unknown[]> {
    const text = await readFile(join(served.dataDir, 'labels.jsonl'), 'utf8')
    return text
      .trimEnd()
      .split('\n')
      .map((line) => {
        const { person, item, sample, label } = JSON.parse(line) as Record<string, unknown>
        return [person, item, sample, label]
      })
  }

  async function visitAs(person: string, address: string, options = {}): Promise<Page> {
    const page = await visitors.visit(served.url, options)
    await page.evaluate((name) => localStorage.setItem('arcloom.person', name), person)
    await page.goto(`${served.url}${address}`)
    return page
  }

  const shows = (page: Page, text: string) => page.getByRole('region', { name: 'Reasoning' }).getByText(text).waitFor()

  test('are labelled by keys only, and the last label is undone', async () => {
    const page = await visitAs('ada', '/annotate?runs=labelled')
    await shows(page, 'Rule 0 of task-0.')
    expect(await page.getByText('all right').count()).toBe(0)
    expect(await listAxeViolations(page)).toEqual([])
    const keys = ['1', '3', '2', '4', '1']
    const next = [
      'Rule 1 of task-0.',
      'Rule 0 of task-1.',
      'Rule 1 of task-1.',
      'Rule 0 of task-2.',
      'Rule 1 of task-2.',
    ]
    for (const [index, key] of keys.entries()) {
      await page.keyboard.press(key)
      await shows(page, next[index] ?? '')
    }
    await page.getByText('5 of 6').waitFor()
    await page.keyboard.press('u')
    await shows(page, 'Rule 0 of task-2.')
    await page.getByText('4 of 6').waitFor()
    expect(await readLabels()).toEqual([
      ['ada', 'task-0', 0, 'right'],
      ['ada', 'task-0', 1, 'wrong'],
      ['ada', 'task-1', 0, 'lucky'],
      ['ada', 'task-1', 1, 'unclear'],
      ['ada', 'task-2', 0, 'right'],
      ['ada', 'task-2', 0, null],
    ])
    await page.reload()
    await shows(page, 'Rule 0 of task-2.')
    // Back to a text that is labelled, which now shows its verdict.
    await page.keyboard.press('p')
    await shows(page, 'Rule 1 of task-1.')
    await page.getByText('Test inputs: ✗ not all right.').waitFor()
    expect(await listAxeViolations(page)).toEqual([])
  })

  test('take a note, in which a digit is just a digit', async () => {
    const page = await visitAs('cleo', '/annotate?runs=labelled')
    await shows(page, 'Rule 0 of task-0.')
    await page.keyboard.press('m')
    await page.keyboard.type('2 rows, mirrored')
    await page.keyboard.press('Enter')
    await page.keyboard.press('1')
    await shows(page, 'Rule 1 of task-0.')
    await page.keyboard.press('p')
    await page.getByRole('region', { name: 'Reasoning' }).getByText('2 rows, mirrored').waitFor()
  })

  test('hide the labels of others until the user has labelled, and lead to disagreements', async () => {
    const page = await visitAs('bob', '/annotate?runs=labelled&labels=second&samples=passed-train')
    await shows(page, 'Rule 0 of task-0.')
    expect(await page.getByText('ada').count()).toBe(0)
    await page.keyboard.press('3')
    await shows(page, 'Rule 0 of task-1.')
    await page.keyboard.press('p')
    await page.getByText('ada: Right').waitFor()
    await page.getByRole('combobox', { name: 'Labels' }).selectOption('Where two disagree')
    await page.waitForURL(/labels=disagree/)
    await shows(page, 'Rule 0 of task-0.')
  })

  test('fit a phone, with buttons large enough for a thumb', async () => {
    const page = await visitAs('dora', '/annotate?runs=labelled', {
      viewport: { width: 390, height: 844 },
      hasTouch: true,
      isMobile: true,
    })
    await shows(page, 'Rule 0 of task-0.')
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
    expect(await listAxeViolations(page)).toEqual([])
    const button = page.getByRole('button', { name: 'Right by luck' })
    expect((await button.boundingBox())?.height).toBeGreaterThanOrEqual(56)
    await button.tap()
    await shows(page, 'Rule 1 of task-0.')
  })

  test('are chosen on a page of their own, under a name', async () => {
    const page = await visitors.visit(`${served.url}/runs`)
    await page.getByRole('link', { name: 'Annotate', exact: true }).press('Enter')
    await page.getByRole('checkbox', { name: /labelled/ }).press('Space')
    expect(await listAxeViolations(page)).toEqual([])
    await page.getByRole('link', { name: 'Begin' }).press('Enter')
    // The whole content is another one: its heading has the focus, and Tab leads to what it asks for.
    await page.locator('h1:focus', { hasText: 'Who labels?' }).waitFor()
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.getByRole('textbox', { name: 'Your name' }).fill('eve')
    await page.keyboard.press('Enter')
    await shows(page, 'Rule 0 of task-0.')
    await page.locator('h1:focus').waitFor()
  })

  test('run no scripts, whatever a model wrote', async () => {
    const page = await visitAs('ada', '/annotate?runs=labelled&labels=all')
    await shows(page, 'Rule 0 of task-0.')
    await page.getByText('Its program').click()
    await page.getByRole('region', { name: 'Program' }).waitFor()
    const main = page.locator('main')
    expect(await main.locator('script, img, iframe, style').count()).toBe(0)
    expect(await main.locator('a[href^="javascript"]').count()).toBe(0)
    expect(await listAxeViolations(page)).toEqual([])
  })
})
