import { isListening } from './is-listening.ts'

/** The next free port from here on. Adds it to the reserved ones. */
export async function findFreePort(near: number, spoken: Set<number>): Promise<number> {
  let port = near
  do port = port < 65_535 ? port + 1 : 1_024
  while (spoken.has(port) || (await isListening(port)))
  spoken.add(port)
  return port
}
