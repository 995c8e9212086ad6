import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, expect, test } from '@jest/globals'
import type { Page } from 'playwright-core'
import { createRunStore } from '../../src/adapters/stores/create-run-store.ts'
import { createFileBlobs } from '../../src/adapters/stores/file-blobs.ts'
import { buildPairs } from '../support/build-run.ts'
import { describeInBrowser, keepPage } from '../support/keep-page.ts'
import { listAxeViolations } from '../support/list-axe-violations.ts'
import { pointAtCell } from '../support/point-at-cell.ts'
import { putRun } from '../support/put-run.ts'

const tasks = { 'task-0': buildPairs(0), 'task-1': buildPairs(1), 'task-2': buildPairs(2) }
const right = (task: number) => ({ grids: buildPairs(task).test.map(({ output }) => output) })
/** In one cell. */
const wrong = {
  grids: buildPairs(0).test.map(({ output }) => output.with(0, [9, ...(output[0] ?? []).slice(1)])),
}
const none = { grids: [null] }
const trace = {
  trace_id: 't',
  task_id: 'task-0',
  username: 'model',
  text: 'Upside down.',
  score: 0,
  // An impossible time: stores of other origin may have one.
  timestamp: 1e15,
  voters: {},
  run_id: 'bench',
  sample: 1,
}

describeInBrowser('runs on the page', () => {
  const { served, visitors } = keepPage(tasks)
  beforeAll(async () => {
    const runs = createRunStore(createFileBlobs(join(served.dataDir, 'runs')), 'test')
    const specification = { recipe: 'direct' } as const
    await putRun(runs, [[none, right(0), wrong], [wrong]], { runId: 'bench', items: 3, specification })
    await putRun(runs, [[none], [right(1)]], { runId: 'other', specification })
    await putRun(runs, [[none]], { runId: 'why', specification: { recipe: 'reasoning' } })
    await writeFile(join(served.dataDir, 'traces_store.json'), JSON.stringify({ 'task-0': [trace] }))
  })

  const show = (page: Page, panel: 'Runs' | 'Traces') =>
    page.getByRole('tab', { name: new RegExp(`^${panel}`) }).click()
  const cards = (page: Page) => page.locator('.gallery-GalleryPage-cardKey').allTextContents()
  const sample = (page: Page) => page.getByRole('region', { name: "Model's sample" })

  test('show in the gallery which tasks they solved, and which not', async () => {
    const page = await visitors.visit(`${served.url}/`)
    await page.getByRole('button', { name: 'More' }).click()
    const choice = page.getByRole('combobox', { name: 'Runs' })
    await choice.waitFor()
    expect(await choice.locator('option').allTextContents()).toEqual([
      'Runs: any',
      'Solved by a run',
      'Solved by bench',
      'Solved by other',
      'Not solved by any run',
      'Not solved by bench',
      'Not solved by other',
    ])
    const shown: Record<string, string[]> = {
      'Solved by bench': ['task-0'],
      // A task that it did not record is neither.
      'Not solved by bench': ['task-1'],
      'Solved by a run': ['task-0', 'task-1'],
    }
    for (const [option, keys] of Object.entries(shown)) {
      await choice.selectOption(option)
      await page.getByText(`${keys.length} of 3 tasks`).waitFor()
      expect(await cards(page)).toEqual(keys)
    }
    await choice.selectOption('Not solved by other')
    await page.reload()
    await page.getByText('1 of 3 tasks').waitFor()
    expect(await cards(page)).toEqual(['task-0'])
    expect(await listAxeViolations(page)).toEqual([])
    await page.getByRole('link', { name: 'task-0' }).click()
    await page.getByText('1 of 1').waitFor()
  })

  test('that do not exist are named when an address asks for one, with a way back', async () => {
    const page = await visitors.visit(`${served.url}/?solved-by=gone`)
    await page.getByText('There is no run "gone".').waitFor()
    await page.getByRole('button', { name: 'Show all tasks' }).click()
    await page.getByText('3 tasks').waitFor()
    await page.goto(`${served.url}/runs/bench/samples/task-0/99`)
    await page.getByText('Run "bench" has 3 samples of "task-0", 1 to 3; there is no sample 100').waitFor()
    // To try again would be of no use.
    expect(await page.getByRole('button', { name: 'Try again' }).count()).toBe(0)
    await page.getByRole('link', { name: 'All tasks of bench' }).click()
    await page.getByRole('heading', { name: 'bench' }).waitFor()
    await page.goto(`${served.url}/runs/gone/samples/task-0/0`)
    await page.getByRole('main').getByRole('link', { name: 'All runs' }).click()
    await page.getByRole('heading', { name: 'Runs' }).waitFor()
  })

  test("lead from a task to the result of each sample, beside one's own grid", async () => {
    const page = await visitors.visit(`${served.url}/tasks/task-0`)
    expect(await page.locator('.task-runs-RunList-runList').count()).toBe(0)
    await show(page, 'Runs')
    const samples = page.getByRole('link', { name: /^Sample \d of bench/ })
    await samples.first().waitFor()
    expect(await samples.evaluateAll((links) => links.map((link) => link.ariaLabel))).toEqual([
      'Sample 1 of bench: no grid',
      'Sample 2 of bench: right on every test input',
      'Sample 3 of bench: not right on every test input',
    ])
    expect(await page.locator('.task-runs-RunList-runList b').allTextContents()).toEqual(['bench', 'other'])
    await samples.first().click()
    await sample(page).getByText('No grid for this test input.').waitFor()
    await sample(page).getByRole('button', { name: 'Next sample' }).click()
    await sample(page).getByText('Sample 2 of 3, right').waitFor()
    await sample(page).getByRole('button', { name: 'Load into the editor' }).click()
    await sample(page).getByRole('button', { name: 'Compare with the expected output' }).click()
    await sample(page).getByText('The same as the expected output.').waitFor()
    await sample(page).getByRole('button', { name: 'Next sample' }).click()
    await sample(page).getByText('1 of 8 cells differs from the expected output.').waitFor()
    await sample(page).getByRole('img', { name: 'Output over expected' }).waitFor()
    await page.waitForURL(/run=bench&sample=2/)
    expect(await listAxeViolations(page)).toEqual([])
    await page.reload()
    expect(
      await sample(page)
        .getByText(/cells differs/)
        .count(),
    ).toBe(0)
    await sample(page).getByRole('button', { name: 'Compare with the expected output' }).click()
    await sample(page).getByText('1 of 8 cells differs from the expected output.').waitFor()
    await sample(page).getByRole('button', { name: 'Close' }).click()
    await sample(page).waitFor({ state: 'detached' })
    await page.waitForURL(({ search }) => !/run=/.test(search))
  })

  test('lead from a sample to its differences, and from a task that only one solved to both grids', async () => {
    const page = await visitors.visit(`${served.url}/runs/bench/samples/task-0/2`)
    await page.getByRole('button', { name: 'Show the expected test outputs' }).click()
    await page.getByText('1 of 8 cells differs from the expected output.').waitFor()
    expect(await listAxeViolations(page)).toEqual([])
    await page.reload()
    await page.getByText('1 of 8 cells differs from the expected output.').waitFor()
    await page.goto(`${served.url}/compare?runs=bench,other&common=yes&all=yes`)
    await page.getByRole('link', { name: 'bench solved, other did not: 1' }).click()
    await page.getByRole('button', { name: 'task-0' }).click()
    await page.getByText('No sample gave a grid.').waitFor()
    await page.getByRole('img', { name: 'bench, attempt 1' }).waitFor()
    expect(await listAxeViolations(page)).toEqual([])
    await page.reload()
    await page.getByRole('img', { name: 'bench, attempt 1' }).waitFor()
  })

  test('keep their samples in view while one goes through the tasks they solved', async () => {
    const page = await visitors.visit(`${served.url}/tasks/task-2?run=bench&sample=1&solved-by=bench`)
    await sample(page).getByText('has no record of this task yet').waitFor()
    await page.keyboard.press('n')
    await sample(page).getByText('Sample 1 of 3').waitFor()
    await page.goto(`${served.url}/tasks/task-1?run=bench&sample=0`)
    await sample(page).getByText('Sample 1 of 1').waitFor()
    await page.keyboard.press('n')
    await page.getByRole('heading', { name: 'task-2' }).waitFor()
    expect(await sample(page).count()).toBe(0)
  })

  test('that have not reached a task say so, and so does a task that no run includes', async () => {
    const page = await visitors.visit(`${served.url}/tasks/task-2`)
    await show(page, 'Runs')
    await page.getByText('not recorded yet').waitFor()
    await page.goto(`${served.url}/tasks/task-0?steps=swap-0-0`)
    await page.getByText('No run has asked for this task').waitFor()
  })

  test('are named by the traces their models wrote, which lead to their samples', async () => {
    const page = await visitors.visit(`${served.url}/tasks/task-0`)
    await show(page, 'Traces')
    await page.getByRole('link', { name: 'its sample' }).click()
    await sample(page).getByText('Sample 2 of 3, right').waitFor()
  })

  test('are listed, and lead to the result of each sample', async () => {
    const page = await visitors.visit(`${served.url}/`)
    await page.getByRole('link', { name: 'Runs', exact: true }).click()
    await page.getByRole('cell').getByText('50.0 %').first().waitFor()
    expect(await listAxeViolations(page)).toEqual([])
    await page.getByRole('checkbox', { name: 'Compare bench' }).check()
    await page.waitForURL(/picked=bench/)
    await page.getByRole('link', { name: 'bench', exact: true }).click()
    const cell = await pointAtCell(page, 'task-0', 2)
    expect(await cell.getAttribute('title')).toBe('Sample 2 of task-0: right, selected')
    await page.getByRole('button', { name: /no right candidate/ }).click()
    await page.getByText('1 of 3 tasks').waitFor()
    expect(await listAxeViolations(page)).toEqual([])
    await page.setViewportSize({ width: 390, height: 800 })
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
    await page.reload()
    // By keyboard only.
    await page.getByRole('link', { name: /^Sample 1 of task-1/ }).focus()
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/runs\/bench\/samples\/task-1\/0\?resolution=no-right-candidate/)
  })

  test('show which tasks they solved and another run did not', async () => {
    const page = await visitors.visit(`${served.url}/runs/bench`)
    const choice = page.getByRole('combobox', { name: 'Compared with' })
    await choice.waitFor()
    // Not with a run that asks for explanations only.
    const options = await choice.locator('option').allTextContents()
    expect(options).toEqual(['Compared with none', 'Compared with other'])
    await choice.selectOption('other')
    await page
      .getByText(
        'Compared over the 2 tasks that both runs have finished. The other 1 task of this run cannot be compared.',
      )
      .waitFor()
    await page.getByRole('button', { name: 'by that, not by this 1' }).click()
    await page.getByText('1 of 3 tasks').waitFor()
    await page.getByRole('rowheader', { name: /^task-1/ }).waitFor()
    await page.getByRole('button', { name: 'by this, not by that 1' }).click()
    await page.waitForURL(/against=other&solved=only-this/)
    expect(await listAxeViolations(page)).toEqual([])
    await page.reload()
    await (await pointAtCell(page, 'task-0', 2)).click()
    // The sample's page goes through the tasks that the filter leaves.
    await page.getByText('1 of 1', { exact: true }).waitFor()
    await page.goto(`${served.url}/runs/bench?against=gone&solved=both`)
    await page.getByText('There is no run "gone".').waitFor()
    await page.getByText('3 tasks', { exact: true }).waitFor()
  })
})
