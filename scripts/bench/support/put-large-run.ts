import { randomUUID } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { hashJson, hashText } from '../../../src/adapters/files/hash.ts'
import { createRunStore } from '../../../src/adapters/stores/create-run-store.ts'
import { createFileBlobs } from '../../../src/adapters/stores/file-blobs.ts'
import { nameAnswer } from '../../../src/adapters/stores/name-answer.ts'
import type { Grid } from '../../../src/domain/grids/grid.ts'
import { keyItems } from '../../../src/domain/tasks/item.ts'
import type { TaskPairs } from '../../../src/domain/tasks/task.ts'
import { buildRecord, type SampleFacts } from '../../../test/support/build-record.ts'
import { buildNewRun } from '../../../test/support/build-run.ts'

interface LargeRun {
  readonly runId: string
  /** How many items, all of them recorded. */
  readonly size: number
  readonly samples: number
  /** Width and height of all grids. */
  readonly side: number
  /** Runs of different seeds solve different tasks. */
  readonly seed: number
  /** Whether the run has ended, with its answers stored. By default it is open, and has none. */
  readonly complete?: boolean
}

const program = 'def solve_task(grid):\n' + '    grid = [row[:] for row in grid]  # a line like any other\n'.repeat(30)

/** Puts a run into a store of files, without waiting for the disk: benches measure reading. */
export async function putLargeRun(
  root: string,
  { runId, size, samples, side, seed, complete = false }: LargeRun,
): Promise<void> {
  const write = (name: string, text: string) => {
    mkdirSync(dirname(join(root, name)), { recursive: true })
    writeFileSync(join(root, name), text)
  }
  const store = createRunStore({ ...createFileBlobs(root), write: async (name, text) => write(name, text) }, 'bench')
  const tasks = Array.from({ length: size }, (_, index) => makeTask(index, side))
  const items = keyItems(
    tasks.map((task, index) => ({
      task_id: `task-${index}`,
      version: 0,
      hash: hashJson(task),
      dataset: 'made',
      split: 'training',
    })),
  )
  const run = buildNewRun({ runId, items: size, specification: { samples } })
  const pairs = new Map(items.map((item, index) => [item.hash, tasks[index] as TaskPairs]))
  const at = run.state.started_at
  const ended = { state: 'complete', ended_at: at, items: { total: size, recorded: size, failed: 0 } } as const
  const state = complete ? { ...run.state, ...ended } : run.state
  const folder = await store.createRun({ ...run, state, items, pairs })
  const lines: string[] = []
  for (const [index, item] of items.entries()) {
    const task = tasks[index] as TaskPairs
    const facts = Array.from({ length: samples }, (_, sample): SampleFacts => {
      const right = (index * 31 + sample * 17 + seed * 13) % 5 === 0
      return {
        passes: right || sample === 1,
        outputs: [right ? (task.test[0]?.output ?? null) : makeGrid(index + sample, side)],
        program: `${program}    return ${sample}`,
      }
    })
    await folder?.putRecord(buildRecord(item, task, facts))
    for (let sample = 0; sample < samples; sample += 1) {
      const about = { request: randomUUID(), answer: hashText(`${index}-${sample}`), at }
      const usage = { prompt_tokens: 3_000, completion_tokens: 700 }
      lines.push(JSON.stringify({ type: 'sent', ...about, most_usd: 0.01 }))
      lines.push(JSON.stringify({ type: 'settled', ...about, fate: 'stored', cost_usd: 0.002, usage }))
      if (complete) write(`${runId}/${nameAnswer(about.answer)}`, '{}')
    }
  }
  write(`${runId}/ledger/worker.jsonl`, `${lines.join('\n')}\n`)
}

/** A grid that differs from seed to seed. */
function makeGrid(seed: number, side: number): Grid {
  return Array.from({ length: side }, (_, y) =>
    Array.from({ length: side }, (_, x) => (seed * 7 + x * y + seed * x) % 10),
  )
}

function makeTask(index: number, side: number): TaskPairs {
  const pair = (n: number) => ({
    input: makeGrid(n, side),
    output: [...makeGrid(n + 1, side).slice(1), String(index).padStart(side, '0').split('').map(Number)],
  })
  return { train: [pair(index), pair(index + 3), pair(index + 5)], test: [pair(index + 7)] }
}
