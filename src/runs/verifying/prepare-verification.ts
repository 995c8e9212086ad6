import { hashTask } from '../../adapters/datasets/hash-task.ts'
import { hashJson } from '../../adapters/files/hash.ts'
import type { NewRun } from '../../adapters/stores/run-store.ts'
import { chooseLimits, type ProgramLimits } from '../../domain/runs/program-limits.ts'
import type { SandboxChoice } from '../../domain/runs/sandbox-choice.ts'
import type { Controls, VerificationSpecification } from '../../domain/runs/specification.ts'
import { pickPairs } from '../../domain/tasks/dataset-entry.ts'
import { keyItems } from '../../domain/tasks/item.ts'
import { beginState } from '../begin-state.ts'
import { nameRun } from '../name-run.ts'
import { referToTask } from '../refer-to-task.ts'
import type { ProgramsToVerify } from './programs-to-verify.ts'

export interface VerificationRequest {
  readonly programsToVerify: ProgramsToVerify
  /** Names of the function to call, in order of preference. */
  readonly entryPoints: readonly string[]
  readonly controls: Controls
  readonly sandbox?: SandboxChoice
  /** Limits of programs, if a person set them. */
  readonly limits?: ProgramLimits | undefined
  /** Absolute path of the results file; null: in the data folder. */
  readonly output: string | null
  readonly name?: string | undefined
  readonly versions: Readonly<Record<string, string>>
}

/** Builds everything stored before a verification starts. Pure except for the clock and the random part of a name. */
export function prepareVerification(request: VerificationRequest, now: Date): NewRun {
  const { programsToVerify, entryPoints, controls, sandbox = 'auto', output, versions } = request
  // The tasks are distinct, so each has its own key.
  const items = keyItems(programsToVerify.items.map(({ task }) => referToTask(task)))
  const programs = new Map(items.map(({ key }, index) => [key, programsToVerify.items[index]?.programs ?? []]))
  const specification: VerificationSpecification = {
    kind: 'verification',
    entry_points: entryPoints,
    programs_hash: hashJson([...programs.values()].map((list) => list.map(({ program }) => program))),
    program_count: programsToVerify.items.reduce((sum, item) => sum + item.programs.length, 0),
    items_hash: hashJson(items.map(({ key, hash }) => [key, hash])),
    item_count: items.length,
    ...(sandbox !== 'auto' && { sandbox }),
    ...(request.limits && { limits: request.limits }),
  }
  const at = now.toISOString()
  const runId = request.name ?? nameRun('verification', programsToVerify.name, now)
  return {
    run: {
      run_id: runId,
      group: runId,
      created_at: at,
      specification,
      specification_hash: hashJson(specification),
      datasets: [{ path: programsToVerify.origin, items: items.length }],
      versions,
      limits: request.limits ?? chooseLimits(),
      faults: programsToVerify.faults,
      output,
    },
    state: beginState(controls, items.length, at),
    items,
    pairs: new Map(programsToVerify.items.map(({ task }) => [hashTask(task), pickPairs(task)])),
    programs,
  }
}
