import { setTimeout as sleep } from 'node:timers/promises'
import { ApplicationFailure, WorkflowNotFoundError, type Client } from '@temporalio/client'
import { readDeadJournals, type ActivityAttempt } from '../adapters/journal.ts'
import { mapConcurrently } from '../domain/map-concurrently.ts'
import { listBegun, matchPending, type PendingActivity } from './match-pending.ts'

/** Concurrent requests to the server, which is busy with everything else that comes back. */
const reportTogether = 10
const maxTries = 20
const retryEveryMs = 1_000

/**
 * Reports the activities that dead workers of this host had in flight as failed, so that they are retried now rather than when
 * their heartbeats time out: first those in their journals, then those the server had given them a moment before they
 * died, which are in no journal yet.
 *
 * Only attempts that the server still shows as started by that very worker are reported: by id alone, a later attempt running
 * elsewhere would be failed and paid for again.
 *
 * @param taskQueue of the store's workflows
 * @returns how many activities were reported
 */
export async function reportDead(client: Client, journalFolder: string, taskQueue: string): Promise<number> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await reportOnce(client, journalFolder, taskQueue)
    } catch (error) {
      // A server that has just come back is slow to answer; the journals not processed yet are still there.
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
      // A database that was removed, or a workflow past its retention.
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
      message: 'The worker that ran this died; retrying.',
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
