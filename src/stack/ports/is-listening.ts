import { once } from 'node:events'
import { connect } from 'node:net'

const timeoutMs = 1_000

/**
 * Whether something listens on this loopback port. Checks by connecting: listening there for a moment would be more
 * thorough, but might collide with the process that the port is meant for.
 */
export async function isListening(port: number): Promise<boolean> {
  const socket = connect({ port, host: '127.0.0.1' })
  try {
    await once(socket, 'connect', { signal: AbortSignal.timeout(timeoutMs) })
    return true
  } catch {
    return false
  } finally {
    socket.destroy()
  }
}
