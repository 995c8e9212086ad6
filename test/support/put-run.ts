import type { RunFolder, RunStore } from '../../src/adapters/stores/run-store.ts'
import { noUsage } from '../../src/domain/models/usage.ts'
import type { AskingSpecification } from '../../src/domain/runs/specification.ts'
import { buildRecord, type SampleFacts } from './build-record.ts'
import { buildNewRun, buildPairs } from './build-run.ts'

interface RunOptions {
  readonly runId: string
  readonly group?: string
  /** More than there are records: the others are not recorded. */
  readonly items?: number
  readonly specification?: Partial<AskingSpecification>
}

/** Puts an ended run into a store, with items that have these samples and tasks of `buildPairs`. All share one stored answer. */
export async function putRun(
  store: RunStore,
  given: readonly (readonly SampleFacts[])[],
  { runId, group = runId, items = given.length, specification }: RunOptions,
): Promise<RunFolder> {
  const built = buildNewRun({ runId, items, specification: { samples: 2, ...specification } })
  const folder = await store.createRun({
    ...built,
    run: { ...built.run, group },
    state: {
      ...built.state,
      state: items > given.length ? 'interrupted' : 'complete',
      ended_at: built.state.started_at,
    },
  })
  if (folder === undefined) throw new RangeError(`the name ${runId} is taken`)
  const prompt = await folder.putPrompt([{ role: 'user', content: 'Solve it.' }])
  const room = await folder.reserveAnswer('a')
  await room.put({
    key: 'a',
    question: { item: 'task-0', sample: 0, round: 1, test_pair: null, previous: null },
    sent: { prompt, parameters: {} },
    asked_at: '2026-01-01T00:00:00.000Z',
    answered_at: '2026-01-01T00:00:02.000Z',
    time_seconds: 2,
    response: { choices: [{ message: { content: 'So.' }, finish_reason: 'stop' }] },
    rejected: null,
    usage: noUsage,
    cost_usd: 0,
    ledger_request: 'l',
    request_id: null,
  })
  const about = { request: 'l', answer: 'a', at: '2026-01-01T00:00:00.000Z' }
  await folder.appendLedger({ type: 'settled', ...about, fate: 'stored', cost_usd: 0, usage: noUsage })
  for (const [index, samples] of given.entries()) {
    const item = built.items[index]
    if (item !== undefined) await folder.putRecord(buildRecord(item, buildPairs(index), samples))
  }
  return folder
}
