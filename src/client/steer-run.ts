import { WorkflowNotFoundError, type Client } from '@temporalio/client'
import { interruptSignal, pauseSignal, unpauseSignal } from '../workflows/messages.ts'

export type Steering = 'pause' | 'unpause' | 'interrupt' | 'cancel'

/**
 * Steers an open run. Returns when the server has accepted the message; its effect shows in the store.
 *
 * @returns whether the run was open
 */
export async function steerRun(client: Client, runId: string, steering: Steering): Promise<boolean> {
  const handle = client.workflow.getHandle(runId)
  try {
    if (steering === 'cancel') await handle.cancel()
    else if (steering === 'interrupt') await handle.signal(interruptSignal)
    else await handle.signal(steering === 'pause' ? pauseSignal : unpauseSignal)
    return true
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false
    throw error
  }
}
