import { WorkflowNotFoundError, type Client, type WorkflowHandle } from '@temporalio/client'
import { count } from '../domain/count.ts'
import { isVerification, type AskingRun, type RunRecord, type VerificationRun } from '../domain/runs/run.ts'
import type { Controls, RunScope } from '../domain/runs/specification.ts'
import { nameTaskQueues } from '../domain/runs/task-queues.ts'
import { nameSolver } from '../domain/solvers/solvers.ts'
import type { RunInput } from '../workflows/messages.ts'
import type { run } from '../workflows/run.ts'
import { labelRun } from './label-run.ts'

/** What starting a run's workflow needs in addition to the store. */
export interface Opening {
  readonly client: Client
  readonly storeId: string
  /** Hash of the workflow code, kept in the memo. */
  readonly code: string
  readonly searchAttributes: boolean
  /** Maximum number of events in one workflow history. */
  readonly maxEvents?: number
}

/** A workflow's identity: its store, its specification and its code. */
export interface RunMemo {
  readonly store_id: string
  readonly specification_hash: string
  readonly code: string
}

/** The server has a workflow with this id that is not this run. */
export class ForeignWorkflow extends Error {
  override readonly name = 'ForeignWorkflow'
}

/** Temporal warns at 10,240 events; the run leaves room for its ending. */
const defaultMaxEvents = 10_000

/** Maximum time that a dead worker can hold a workflow task. */
const workflowTaskTimeout = '4 seconds'

/**
 * Opens the workflow of a stored run, or finds it open: the same call starts, resumes and attaches.
 *
 * @throws {ForeignWorkflow} if a workflow with that id belongs to another store or another specification
 */
export async function openWorkflow(
  { client, storeId, code, searchAttributes, maxEvents = defaultMaxEvents }: Opening,
  record: RunRecord,
  controls: Controls,
  scope: RunScope = 'remaining',
): Promise<WorkflowHandle<typeof run>> {
  const { run_id, specification, specification_hash } = record
  const queues = nameTaskQueues(storeId, specification.sandbox ?? 'auto')
  const labels = { kind: specification.kind, model: nameModel(record), searchAttributes }
  const memo: RunMemo = { store_id: storeId, specification_hash, code }
  const input: RunInput = { runId: run_id, scope, controls, paused: false, queues, labels, mostEvents: maxEvents }
  const handle = await client.workflow.start<(input: RunInput) => ReturnType<typeof run>>('run', {
    workflowId: run_id,
    taskQueue: queues.runs,
    args: [input],
    workflowIdReusePolicy: 'ALLOW_DUPLICATE',
    workflowIdConflictPolicy: 'USE_EXISTING',
    workflowTaskTimeout,
    memo: { ...memo },
    staticSummary: isVerification(record)
      ? `verification of ${count(specification.item_count, 'task')}`
      : `${record.specification.recipe} ${specification.kind} of ${record.model.key}`,
    staticDetails: describe(record),
    ...(searchAttributes && { typedSearchAttributes: labelRun(record) }),
  })
  await refuseForeign(handle, memo)
  return handle
}

function nameModel(record: RunRecord): string | null {
  return isVerification(record) ? null : record.model.key
}

function describe(record: RunRecord): string {
  return [
    ...(isVerification(record) ? describePrograms(record) : describeQuestions(record)),
    ...record.datasets.map(({ path, items }) => `- ${count(items, 'task')} from \`${path}\``),
    '',
    'Each item is a child workflow of its own, below *Relationships*. The store holds prompts, answers and verdicts.',
  ].join('\n')
}

function describeQuestions({ specification, model }: AskingRun): string[] {
  const { item_count, samples, rounds } = specification
  return [
    `- ${count(item_count, 'task')}, best of ${samples}${rounds > 1 ? `, up to ${rounds} rounds` : ''}`,
    `- solver \`${nameSolver(specification)}\``,
    `- model \`${model.id}\` at ${model.provider}`,
  ]
}

function describePrograms({ specification: { item_count, program_count } }: VerificationRun): string[] {
  return [`- ${count(program_count, 'program that was', 'programs that were')} given, on ${count(item_count, 'task')}`]
}

async function refuseForeign(handle: WorkflowHandle, own: RunMemo): Promise<void> {
  const memo = await readMemo(handle)
  if (memo === undefined || isSameRun(memo, own)) return
  throw new ForeignWorkflow(
    `A workflow called "${handle.workflowId}" is open on this Temporal server and belongs to another ${
      memo.store_id === own.store_id ? 'run' : 'data folder'
    }. Give the run another --name.`,
  )
}

/** Whether an open workflow is this run: same store, same specification. */
export function isOfRun(memo: RunMemo, { storeId }: Opening, { specification_hash }: RunRecord): boolean {
  return isSameRun(memo, { store_id: storeId, specification_hash })
}

function isSameRun(a: Omit<RunMemo, 'code'>, b: Omit<RunMemo, 'code'>): boolean {
  return a.store_id === b.store_id && a.specification_hash === b.specification_hash
}

/** @returns undefined if there is no such workflow */
export async function readMemo(handle: WorkflowHandle): Promise<RunMemo | undefined> {
  try {
    const { memo } = await handle.describe()
    return memo as unknown as RunMemo
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return undefined
    throw error
  }
}

/** Whether the server has an open workflow with this id. */
export async function isWorkflowOpen(handle: WorkflowHandle): Promise<boolean> {
  try {
    return (await handle.describe()).status.name === 'RUNNING'
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false
    throw error
  }
}
