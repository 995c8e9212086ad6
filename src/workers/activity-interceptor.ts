import type { Context } from '@temporalio/activity'
import type { ActivityInterceptors, ActivityInterceptorsFactory } from '@temporalio/worker'
import type { Journal } from '../adapters/journal.ts'
import type { RunStore } from '../adapters/stores/run-store.ts'
import { messageOf } from '../domain/message-of.ts'

/** Keeps the journal of activities in flight, and each run's debug log. */
export function createActivityInterceptor(journal: Journal, store: RunStore): ActivityInterceptorsFactory {
  return (context: Context): ActivityInterceptors => ({
    inbound: {
      async execute(input, next) {
        const { workflowExecution, activityId, attempt, activityType } = context.info
        const entry = { ...workflowExecution, activityId, attempt }
        const { workflowId = '', runId = '' } = entry
        const inFlight = { workflowId, runId, activityId, attempt }
        journal.begin(inFlight)
        const startedMs = performance.now()
        const log = (fields: object) => {
          const ms = Math.round(performance.now() - startedMs)
          const line = {
            at: new Date().toISOString(),
            activity: activityType,
            workflow: workflowId,
            attempt,
            ms,
            ...fields,
          }
          return writeLog(store, input.args[0], line)
        }
        try {
          const result = await next(input)
          await log({ result })
          return result
        } catch (error) {
          await log({ error: messageOf(error) })
          throw error
        } finally {
          journal.end(inFlight)
        }
      },
    },
  })
}

/** The log is a convenience: a full disk must stop the run elsewhere, not here. */
async function writeLog(store: RunStore, input: unknown, line: object): Promise<void> {
  const runId = typeof input === 'object' && input !== null && 'runId' in input ? String(input.runId) : undefined
  if (runId === undefined) return
  try {
    const folder = await store.openRun(runId)
    await folder.appendLog(JSON.stringify(line))
  } catch {
    return
  }
}
