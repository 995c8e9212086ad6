import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import type { UiTarget } from './ui-guard.ts'

/**
 * An address for the UI itself that only its guard knows. On Linux all of 127.0.0.0/8 is this machine, so nobody can guess
 * the address or try them all; elsewhere it is 127.0.0.1 with a port chosen by the system.
 */
export async function chooseUiTarget(): Promise<UiTarget> {
  const host = `127.${randomInt(1, 255)}.${randomInt(0, 256)}.${randomInt(1, 255)}`
  return (await tryListening(host)) ?? (await tryListening('127.0.0.1')) ?? { host: '127.0.0.1', port: 0 }
}

async function tryListening(host: string): Promise<UiTarget | undefined> {
  const probe = createServer()
  try {
    probe.listen(0, host)
    await once(probe, 'listening')
    const { port } = probe.address() as AddressInfo // TCP servers always have one.
    return { host, port }
  } catch {
    return undefined
  } finally {
    probe.close()
  }
}
