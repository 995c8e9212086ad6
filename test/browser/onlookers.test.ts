import { join } from 'node:path'
import { beforeAll, expect, test } from '@jest/globals'
import type { Page } from 'playwright-core'
import { createRunStore } from '../../src/adapters/stores/create-run-store.ts'
import { createFileBlobs } from '../../src/adapters/stores/file-blobs.ts'
import { createPass } from '../../src/api/guards/admit-bearer.ts'
import { buildPairs } from '../support/build-run.ts'
import { describeInBrowser, keepPage } from '../support/keep-page.ts'
import { recordRun } from '../support/record-run.ts'

const tasks = { 'task-0': buildPairs(0), 'task-1': buildPairs(1) }

/** What only those can use who may start runs, run programs and ask models, or sit at the server's machine. */
const forActors =
  /In the Temporal UI|run it|Discuss|Start a run|Run again with|Pause|Resume|Interrupt|npx arcloom|arcloom web/

describeInBrowser('visitors who may only look and write', () => {
  const pass = createPass(0)
  const { served, visitors } = keepPage(tasks, { pass, findTemporalUi: () => 'http://127.0.0.1:1' })
  beforeAll(async () => {
    const runs = createRunStore(createFileBlobs(join(served.dataDir, 'runs')), 'test')
    const task = { taskId: 'task-0', version: 0, dataset: 'd', split: 'training', ...buildPairs(0) }
    const text = 'As it is.\n\n```python\ndef solve(grid):\n    return grid\n```'
    for (const name of ['ended', 'open']) {
      const folder = await recordRun(runs, { name, recipe: 'code', tasks: [task], say: () => [{ texts: [text] }] })
      const temporal = { namespace: 'default', workflow_id: name, run_id: name }
      const state = name === 'ended' ? ('interrupted' as const) : ('running' as const)
      await folder.putState({ ...(await folder.readState()), state, temporal })
    }
  })

  const read = async (page: Page, address: string, marker: string) => {
    await page.goto(`${served.url}${address}`)
    await page.getByText(marker).first().waitFor()
    await page.waitForLoadState('networkidle')
    return page.locator('body').innerText()
  }

  test('are shown nothing that they cannot use', async () => {
    const page = await visitors.visit(`${served.url}/runs?token=${pass.token}`)
    const places: [address: string, marker: string][] = [
      ['/runs', 'ended'],
      ['/runs/ended', 'Tasks recorded'],
      ['/runs/open', 'in flight'],
      ['/runs/ended/samples/task-0/0', 'Open in the editor'],
      ['/tasks/task-0', 'What models answered'],
      ['/tasks/task-0?run=ended&sample=0', 'The whole sample'],
    ]
    for (const [address, marker] of places) {
      const text = await read(page, address, marker)
      expect([address, forActors.exec(text)?.[0]]).toEqual([address, undefined])
    }
    await page.getByRole('tab', { name: 'Runs' }).click()
    await page.getByText('ended').first().waitFor()
    await page.goto(`${served.url}/tasks/task-1`)
    await page.getByText('No run has asked for this task').waitFor()
    expect(await page.locator('body').innerText()).not.toMatch(forActors)
  })

  test('are told at once where no run can be started, and nothing is asked of the server', async () => {
    const page = await visitors.visit(`${served.url}/?token=${pass.token}`)
    const refusals: string[] = []
    page.on('response', (response) => response.status() >= 400 && refusals.push(response.url()))
    await page.goto(`${served.url}/runs/new`)
    await page.getByText('This server does not let visitors start or steer runs').waitFor()
    expect(await page.getByRole('button', { name: 'Start' }).count()).toBe(0)
    expect(refusals.filter((url) => url.endsWith('/plan'))).toEqual([])
  })
})

describeInBrowser('visitors who sit at the machine', () => {
  const { served, visitors } = keepPage(tasks, { findTemporalUi: () => 'http://127.0.0.1:1' })

  test('are shown where to write programs and to discuss', async () => {
    const page = await visitors.visit(`${served.url}/tasks/task-0`)
    await page.getByText('Or write a program and run it.').waitFor()
    await page.getByRole('link', { name: 'Discuss' }).waitFor()
  })
})
