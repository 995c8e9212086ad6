import { setTimeout as sleep } from 'node:timers/promises'
import { isListening } from './is-listening.ts'

const patienceMs = 5_000
const pollMs = 50

/**
 * Whether somebody listens on a port and goes on to. A process that was killed keeps its ports until the last of its threads is
 * gone, which on a busy machine is a while after it counts as dead.
 */
export async function staysTaken(port: number): Promise<boolean> {
  const deadline = performance.now() + patienceMs
  while (await isListening(port)) {
    if (performance.now() > deadline) return true
    await sleep(pollMs)
  }
  return false
}
