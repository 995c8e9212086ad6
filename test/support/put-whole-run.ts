import type { RunFolder, RunStore } from '../../src/adapters/stores/run-store.ts'
import { chosenRound } from '../../src/domain/runs/record.ts'
import { buildPairs } from './build-run.ts'
import { recordRun } from './record-run.ts'

const program = 'It is turned.\n```python\ndef solve_task(grid):\n    return grid[::-1]\n```'
const at = '2026-01-01T00:00:00.000Z'

/** A complete run with every kind of file that a run with requests has: two items are recorded, the third has failed. */
export async function putWholeRun(store: RunStore, name: string): Promise<RunFolder> {
  const tasks = [0, 1, 2].map((index) => ({
    taskId: `task-${index}`,
    version: 0,
    dataset: 'made',
    split: 'training',
    ...buildPairs(index),
  }))
  const folder = await recordRun(store, {
    name,
    recipe: 'code',
    tasks,
    say: () => [{ texts: [program], right: 'all' }],
  })
  for (const { key } of await folder.listItems()) await completeItem(folder, key)
  await folder.setAside('records/task-2.json')
  await folder.putFailure({ item: 'task-2', reason: 'no words', at })
  const state = await folder.readState()
  await folder.putState({
    ...state,
    state: 'complete',
    items: { total: 3, recorded: 2, failed: 1 },
    ended_at: at,
  })
  return folder
}

/** What comes with a record: the verdicts that it was made from, and the requests in the ledger. */
async function completeItem(folder: RunFolder, item: string): Promise<void> {
  const [sample] = (await folder.findRecord(item))?.samples ?? []
  if (sample === undefined) throw new RangeError(`${item} is not recorded`)
  const { run, answers } = chosenRound(sample)
  const [answer = ''] = answers
  if (run) await folder.putVerdicts(item, 1, { sandbox: { level: 'none' }, programs: { [answer]: run } })
  const { ledger_request: request } = await folder.readAnswer(answer)
  await folder.appendLedger({ type: 'sent', request, answer, at, most_usd: 1 })
  const usage = { prompt_tokens: 100, completion_tokens: 10 }
  await folder.appendLedger({ type: 'settled', request, answer, at, fate: 'stored', cost_usd: 0.25, usage })
}
