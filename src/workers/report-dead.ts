import { ApplicationFailure, type Client } from '@temporalio/client'
import { mapConcurrently } from '../domain/map-concurrently.ts'
import { readDeadJournals, type ActivityAttempt } from '../adapters/journal.ts'
import { matchPending } from './match-pending.ts'

/** Requests to the server at once: it is busy with the others that come back. */
const reportTogether = 10

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
    .catch(() => undefined) // a database that was removed, a workflow past its retention
  return matchPending(attempts, description?.raw.pendingActivities ?? [], workerIdentity)
}
