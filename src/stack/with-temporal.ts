import type { Connection } from '@temporalio/client'
import type { TemporalConnection } from '../config.ts'

const timeoutMs = 2_000

/**
 * Makes a request to a Temporal server over its own connection.
 *
 * The package is loaded on first use: that takes longer than everything else a command does when the stack is up.
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

/** Whether a Temporal server answers there and has the namespace. */
export async function answersAt(options: TemporalConnection, namespace: string): Promise<boolean> {
  try {
    await withTemporal(options, ({ workflowService }) => workflowService.describeNamespace({ namespace }))
    return true
  } catch {
    return false
  }
}
