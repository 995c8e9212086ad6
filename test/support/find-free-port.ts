import { once } from 'node:events'
import { createServer } from 'node:net'

/**
 * Systems take the ports of outgoing connections from above this (32768 on Linux, 49152 elsewhere): a free port below it is not
 * taken by a passing connection before it is listened on.
 */
const firstPort = 12_000
const ports = 20_000

/** Each process starts at another port, so that test files running at the same time do not try the same ones. */
let next = (process.pid * 97) % ports

/** A port that nothing listens on, and that this process has not been given before. */
export async function findFreePort(): Promise<number> {
  for (;;) {
    const port = firstPort + (next++ % ports)
    if (await isFree(port)) return port
  }
}

/** The variables of all of the stack's ports, each with a free one. */
export async function findStackPorts(): Promise<Record<`ARCLOOM_${string}_PORT`, string>> {
  return {
    ARCLOOM_TEMPORAL_PORT: String(await findFreePort()),
    ARCLOOM_TEMPORAL_UI_PORT: String(await findFreePort()),
    ARCLOOM_BASELINE_PORT: String(await findFreePort()),
    ARCLOOM_WEB_PORT: String(await findFreePort()),
  }
}

async function isFree(port: number): Promise<boolean> {
  const probe = createServer().listen(port, '127.0.0.1')
  try {
    await once(probe, 'listening')
  } catch {
    return false
  }
  probe.close()
  await once(probe, 'close')
  return true
}
