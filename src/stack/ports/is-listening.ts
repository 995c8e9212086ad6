import { once } from 'node:events'
import { connect } from 'node:net'

const timeoutMs = 1_000

/**
 * Whether something listens on this port of the loopback interface. Asks by connecting: listening there for a moment would
 * tell more, but might be just when the process that the port is meant for begins to.
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
