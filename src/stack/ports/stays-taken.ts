import { setTimeout as sleep } from 'node:timers/promises'
import { isListening } from './is-listening.ts'

const patienceMs = 5_000
const pollMs = 50

/**
 * Whether something listens on a port and continues to. A killed process keeps its ports until its last thread is gone,
 * which on a busy machine is some time after it counts as dead.
 */
export async function staysTaken(port: number): Promise<boolean> {
  const deadline = performance.now() + patienceMs
  while (await isListening(port)) {
    if (performance.now() > deadline) return true
    await sleep(pollMs)
  }
  return false
}
