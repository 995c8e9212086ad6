import { hashJson } from '../../src/adapters/files/hash.ts'
import type { NewRun } from '../../src/adapters/stores/run-store.ts'
import type { AskingSpecification } from '../../src/domain/runs/specification.ts'
import { keyItems } from '../../src/domain/tasks/item.ts'
import type { TaskPairs } from '../../src/domain/tasks/task.ts'

/** Two train pairs and one test pair that ask to turn the input upside down; no two seeds below 10,000 give the same. */
export function buildPairs(seed: number): TaskPairs {
  const pair = (n: number) => {
    const digits = String(n).padStart(4, '0').split('').map(Number)
    return { input: [digits, [1, 2, 3, 4]], output: [[1, 2, 3, 4], digits] }
  }
  return { train: [pair(seed), pair(seed + 1)], test: [pair(seed + 2)] }
}

interface RunOptions {
  readonly runId: string
  readonly createdAt?: string
  readonly items?: number
  readonly specification?: Partial<AskingSpecification>
}

/** A run with all fields; tests change those they are about. */
export function buildNewRun({ runId, createdAt, items: count = 2, specification }: RunOptions): NewRun {
  const now = createdAt ?? '2026-01-01T00:00:00.000Z'
  const tasks = Array.from({ length: count }, (_, index) => ({ id: `task-${index}`, pairs: buildPairs(index) }))
  const items = keyItems(
    tasks.map(({ id, pairs }) => ({ task_id: id, version: 0, hash: hashJson(pairs), dataset: 'd', split: 'training' })),
  )
  const whole: AskingSpecification = {
    kind: 'benchmark',
    recipe: 'code',
    recipe_version: 1,
    prompt_hash: 'hash of the prompt',
    model: { provider: 'local', id: 'model' },
    sampling: {},
    samples: 1,
    rounds: 1,
    items_hash: hashJson(items),
    item_count: count,
    ...specification,
  }
  return {
    run: {
      run_id: runId,
      group: runId,
      created_at: now,
      specification: whole,
      specification_hash: hashJson(whole),
      model: {
        key: 'MODEL',
        provider: 'local',
        id: 'model',
        baseUrl: 'http://127.0.0.1:1/v1',
        limits: {},
        defaults: {},
        username: 'model',
      },
      datasets: [{ path: 'tasks', items: count }],
      versions: {},
    },
    state: {
      state: 'running',
      reason: null,
      ending: null,
      controls: { max_concurrent_tasks: 2, save_interval: 10, budget_usd: null },
      items: { total: count, recorded: 0, failed: 0 },
      open_seconds: 0,
      started_at: now,
      opened_at: now,
      ended_at: null,
      updated_at: now,
      results_file: null,
      report_file: null,
      temporal: null,
    },
    items,
    pairs: new Map(tasks.map(({ pairs }) => [hashJson(pairs), pairs])),
  }
}
