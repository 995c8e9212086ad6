import { randomBytes } from 'node:crypto'
import type { DatasetReading } from '../adapters/datasets/read-dataset.ts'
import { hashJson } from '../adapters/hash.ts'
import type { NewRun } from '../adapters/stores/run-store.ts'
import { keyItems } from '../domain/item.ts'
import type { Model, Sampling } from '../domain/model-spec.ts'
import { findRecipe } from '../domain/recipes/find-recipe.ts'
import type { RecipeName } from '../domain/recipes/recipe.ts'
import type { Controls, RunKind, Specification } from '../domain/specification.ts'
import type { Task } from '../domain/task.ts'

/** What a person asked for, checked and resolved. */
export interface RunRequest {
  readonly kind: RunKind
  readonly recipe: RecipeName
  readonly model: Model
  readonly sampling: Sampling
  readonly samples: number
  readonly rounds: number
  readonly datasets: readonly DatasetReading[]
  /** The tasks that were chosen from the datasets, in order. */
  readonly tasks: readonly Task[]
  readonly controls: Controls
  readonly name?: string | undefined
  readonly group?: string | undefined
  readonly versions: Readonly<Record<string, string>>
}

/** Makes of a request everything that is stored before a run starts. Pure but for the clock and the random part of a name. */
export function prepareRun(request: RunRequest, now: Date): NewRun {
  const { kind, recipe, model, sampling, samples, rounds, tasks, controls } = request
  const pairs = new Map(tasks.map(({ train, test }) => [hashJson({ train, test }), { train, test }]))
  const items = keyItems(
    tasks.map(({ taskId, version, train, test, dataset, split }) => {
      return { task_id: taskId, version, hash: hashJson({ train, test }), dataset, split }
    }),
  )
  const specification: Specification = {
    kind,
    recipe,
    recipe_version: findRecipe(recipe).version,
    prompt_hash: hashPrompt(recipe),
    model: { provider: model.provider, id: model.id },
    sampling: { ...model.defaults, ...sampling },
    samples,
    rounds,
    items_hash: hashJson(items.map(({ key, hash }) => [key, hash])),
    item_count: items.length,
  }
  const at = now.toISOString()
  const runId = request.name ?? nameRun(recipe, model.key, now)
  return {
    run: {
      run_id: runId,
      group: request.group ?? runId,
      created_at: at,
      specification,
      specification_hash: hashJson(specification),
      model,
      datasets: request.datasets.map((reading) => ({ path: reading.path, items: countChosen(reading, tasks) })),
      versions: request.versions,
    },
    state: {
      state: 'running',
      reason: null,
      ending: null,
      controls,
      items: { total: items.length, recorded: 0, failed: 0 },
      open_seconds: 0,
      started_at: at,
      opened_at: at,
      ended_at: null,
      updated_at: at,
      results_file: null,
      report_file: null,
      temporal: null,
    },
    items,
    pairs,
  }
}

function countChosen(reading: DatasetReading, tasks: readonly Task[]): number {
  const chosen = new Set(tasks)
  return reading.tasks.filter((task) => chosen.has(task)).length
}

/** `<recipe>-<model>-<yyyymmdd>-<hhmmss>-<4 hex>`, in UTC; what a file name cannot hold becomes `-`. */
function nameRun(recipe: RecipeName, modelKey: string, now: Date): string {
  const [date = '', time = ''] = now.toISOString().replaceAll(/[-:]/g, '').split('T')
  const model = modelKey.replaceAll(/[^\w.]+/g, '-').slice(0, 60)
  return [recipe, model, date, time.slice(0, 6), randomBytes(2).toString('hex')].join('-')
}

/** A small task that never changes: what a recipe makes of it stands for its wording. */
const probe = {
  train: [
    { input: [[0, 1]], output: [[1, 0]] },
    { input: [[2, 3]], output: [[3, 2]] },
  ],
  testInputs: [[[4, 5]]],
}

function hashPrompt(recipeName: RecipeName): string {
  const recipe = findRecipe(recipeName)
  return hashJson(recipe.renderMessages(probe, recipe.asksPerTestInput ? 0 : null))
}
