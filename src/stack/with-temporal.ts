import type { Connection } from '@temporalio/client'
import type { TemporalConnection } from '../config.ts'

const timeoutMs = 2_000

/**
 * Asks a Temporal server something on a connection of its own.
 *
 * The package is loaded when it is first needed: that takes longer than all else a command does when the stack is up.
 */
export async function withTemporal<Result>(
  options: TemporalConnection,
  ask: (connection: Connection) => Promise<Result>,
): Promise<Result> {
  const { Connection } = await import('@temporalio/client')
  const connection = await Connection.connect({ ...options, connectTimeout: timeoutMs })
  try {
    return await connection.withDeadline(Date.now() + timeoutMs, () => ask(connection))
  } finally {
    await connection.close()
  }
}

/** Whether a Temporal server answers there and knows the namespace. */
export async function answersAt(options: TemporalConnection, namespace: string): Promise<boolean> {
  try {
    await withTemporal(options, ({ workflowService }) => workflowService.describeNamespace({ namespace }))
    return true
  } catch {
    return false
  }
}
