import { hashTask } from '../adapters/datasets/hash-task.ts'
import type { DatasetReading } from '../adapters/datasets/read-dataset.ts'
import { hashJson } from '../adapters/files/hash.ts'
import type { NewRun } from '../adapters/stores/run-store.ts'
import type { GridEncoding } from '../domain/grids/render-grid.ts'
import { chooseSampling } from '../domain/models/choose-sampling.ts'
import type { Model, Sampling } from '../domain/models/model-spec.ts'
import { findRecipe } from '../domain/recipes/find-recipe.ts'
import type { RecipeName } from '../domain/recipes/recipe.ts'
import { renderProbe } from '../domain/recipes/render-probe.ts'
import { chooseLimits, type ProgramLimits } from '../domain/runs/program-limits.ts'
import type { SandboxChoice } from '../domain/runs/sandbox-choice.ts'
import type { AskingSpecification, Controls } from '../domain/runs/specification.ts'
import { nameSolver } from '../domain/solvers/solvers.ts'
import { pickPairs } from '../domain/tasks/dataset-entry.ts'
import { keyItems } from '../domain/tasks/item.ts'
import type { Task } from '../domain/tasks/task.ts'
import { beginState } from './begin-state.ts'
import { nameRun } from './name-run.ts'
import { referToTask } from './refer-to-task.ts'

/** A person's request, checked and resolved. */
export interface RunRequest {
  readonly kind: AskingSpecification['kind']
  readonly recipe: RecipeName
  readonly model: Model
  readonly sampling: Sampling
  readonly gridEncoding: GridEncoding
  readonly samples: number
  readonly rounds: number
  /** Where a person chose one: otherwise the number of rounds tells. */
  readonly solver?: string | undefined
  readonly datasets: readonly DatasetReading[]
  /** The tasks selected from the datasets, in order. */
  readonly tasks: readonly Task[]
  readonly controls: Controls
  readonly sandbox?: SandboxChoice
  /** Limits of programs, if a person set them. */
  readonly limits?: ProgramLimits | undefined
  readonly name?: string | undefined
  readonly group?: string | undefined
  readonly versions: Readonly<Record<string, string>>
}

/** Builds everything stored before a run starts. Pure except for the clock and the random part of a name. */
export function prepareRun(request: RunRequest, now: Date): NewRun {
  const { kind, recipe, gridEncoding, model, sampling, samples, rounds, tasks, controls, sandbox = 'auto' } = request
  const pairs = new Map(tasks.map((task) => [hashTask(task), pickPairs(task)]))
  const items = keyItems(tasks.map(referToTask))
  const specification: AskingSpecification = {
    kind,
    recipe,
    recipe_version: findRecipe(recipe).version,
    prompt_hash: hashJson(renderProbe(findRecipe(recipe), { grid_encoding: gridEncoding, rounds })),
    grid_encoding: gridEncoding,
    model: { provider: model.provider, id: model.id },
    sampling: chooseSampling(model, sampling),
    samples,
    rounds,
    ...(request.solver !== undefined && request.solver !== nameSolver({ rounds }) && { solver: request.solver }),
    items_hash: hashJson(items.map(({ key, hash }) => [key, hash])),
    item_count: items.length,
    ...(sandbox !== 'auto' && { sandbox }),
    ...(request.limits && { limits: request.limits }),
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
      limits: request.limits ?? chooseLimits(),
    },
    state: beginState(controls, items.length, at),
    items,
    pairs,
  }
}

function countChosen(reading: DatasetReading, tasks: readonly Task[]): number {
  const chosenTasks = new Set(tasks)
  return reading.tasks.filter((task) => chosenTasks.has(task)).length
}
