import { setTimeout as sleep } from 'node:timers/promises'
import { ApplicationFailure, WorkflowNotFoundError, type Client } from '@temporalio/client'
import { readDeadJournals, type ActivityAttempt } from '../adapters/journal.ts'
import { mapConcurrently } from '../domain/map-concurrently.ts'
import { listBegun, matchPending, type PendingActivity } from './match-pending.ts'

/** Requests to the server at once: it is busy with the others that come back. */
const reportTogether = 10
const maxTries = 20
const retryEveryMs = 1_000

/**
 * Reports what dead workers of this host had in flight as failed, so that it is tried again now and not when its
 * heartbeats have run out: first what stands in their journals, then what the server had handed to them a moment before they
 * died, and that no journal knows of yet.
 *
 * Only what the server still shows as started by that very worker in that very attempt: by id alone a later attempt, alive
 * elsewhere, would be failed and paid for again.
 *
 * @param taskQueue of the store's workflows
 * @returns how many activities were reported
 */
export async function reportDead(client: Client, journalFolder: string, taskQueue: string): Promise<number> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await reportOnce(client, journalFolder, taskQueue)
    } catch (error) {
      // A server that has just come back is slow to answer; the journals that were not gone through are still there.
      if (tries >= maxTries) throw error
      await sleep(retryEveryMs)
    }
  }
}

async function reportOnce(client: Client, journalFolder: string, taskQueue: string): Promise<number> {
  let reported = 0
  for (const { workerIdentity, inFlight, remove } of readDeadJournals(journalFolder)) {
    const byWorkflow = Map.groupBy(inFlight, ({ workflowId, runId }) => `${workflowId}\0${runId}`)
    await mapConcurrently([...byWorkflow.values()], reportTogether, async (attempts) => {
      const [first] = attempts
      if (first === undefined) return
      const pending = await listPending(client, first)
      const failed = await failAll(client, matchPending(attempts, pending, workerIdentity))
      reported += failed
    })
    const open = await listOpenWorkflows(client, taskQueue)
    await mapConcurrently(open, reportTogether, async (workflow) => {
      const pending = await listPending(client, workflow)
      const lost = listBegun(pending, workerIdentity).map((activityId) => ({ ...workflow, activityId }))
      const failed = await failAll(client, lost)
      reported += failed
    })
    remove()
  }
  return reported
}

type WorkflowRun = Pick<ActivityAttempt, 'workflowId' | 'runId'>

async function listOpenWorkflows(client: Client, taskQueue: string): Promise<WorkflowRun[]> {
  const query = `ExecutionStatus = 'Running' AND TaskQueue = '${taskQueue}'`
  const open: WorkflowRun[] = []
  for await (const { workflowId, runId } of client.workflow.list({ query })) open.push({ workflowId, runId })
  return open
}

async function listPending(client: Client, { workflowId, runId }: WorkflowRun): Promise<readonly PendingActivity[]> {
  const description = await client.workflow
    .getHandle(workflowId, runId)
    .describe()
    .catch((error: unknown) => {
      // A database that was removed, a workflow past its retention.
      if (error instanceof WorkflowNotFoundError) return undefined
      throw error
    })
  return description?.raw.pendingActivities ?? []
}

/** @returns how many had not ended meanwhile */
async function failAll(
  client: Client,
  attempts: readonly (WorkflowRun & Pick<ActivityAttempt, 'activityId'>)[],
): Promise<number> {
  let failed = 0
  for (const { workflowId, runId, activityId } of attempts) {
    const failure = ApplicationFailure.create({
      type: 'worker-died',
      message: 'The worker that ran this died; it is tried again.',
      nextRetryDelay: 1,
    })
    const done = await client.activity.fail({ workflowId, runId, activityId }, failure).then(
      () => true,
      () => false,
    )
    if (done) failed += 1
  }
  return failed
}
