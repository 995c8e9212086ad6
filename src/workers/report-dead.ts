import { setTimeout as sleep } from 'node:timers/promises'
import { ApplicationFailure, WorkflowNotFoundError, type Client } from '@temporalio/client'
import { mapConcurrently } from '../domain/map-concurrently.ts'
import { readDeadJournals, type ActivityAttempt } from '../adapters/journal.ts'
import { matchPending } from './match-pending.ts'

/** Requests to the server at once: it is busy with the others that come back. */
const reportTogether = 10
const mostTries = 20
const retryEveryMs = 1_000

/**
 * Reports what dead workers of this host had in flight as failed, so that it is tried again now and not when its
 * heartbeats have run out.
 *
 * Only what the server still shows as started by that very worker in that very attempt: by id alone a later attempt, alive
 * elsewhere, would be failed and paid for again.
 *
 * @returns how many activities were reported
 */
export async function reportDead(client: Client, journalFolder: string): Promise<number> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await reportOnce(client, journalFolder)
    } catch (error) {
      // A server that has just come back is slow to answer; the journals that were not gone through are still there.
      if (tries >= mostTries) throw error
      await sleep(retryEveryMs)
    }
  }
}

async function reportOnce(client: Client, journalFolder: string): Promise<number> {
  let reported = 0
  for (const { workerIdentity, inFlight, remove } of readDeadJournals(journalFolder)) {
    const byWorkflow = Map.groupBy(inFlight, ({ workflowId, runId }) => `${workflowId}\0${runId}`)
    await mapConcurrently([...byWorkflow.values()], reportTogether, async (attempts) => {
      for (const attempt of await keepPending(client, attempts, workerIdentity)) {
        const { workflowId, runId, activityId } = attempt
        const failure = ApplicationFailure.create({
          type: 'worker-died',
          message: 'The worker that ran this died; it is tried again.',
          nextRetryDelay: 1,
        })
        const done = await client.activity.fail({ workflowId, runId, activityId }, failure).then(
          () => true,
          () => false, // it ended meanwhile
        )
        if (done) reported += 1
      }
    })
    remove()
  }
  return reported
}

async function keepPending(
  client: Client,
  attempts: readonly ActivityAttempt[],
  workerIdentity: string,
): Promise<ActivityAttempt[]> {
  const [first] = attempts
  if (first === undefined) return []
  const description = await client.workflow
    .getHandle(first.workflowId, first.runId)
    .describe()
    .catch((error: unknown) => {
      // A database that was removed, a workflow past its retention.
      if (error instanceof WorkflowNotFoundError) return undefined
      throw error
    })
  return matchPending(attempts, description?.raw.pendingActivities ?? [], workerIdentity)
}
