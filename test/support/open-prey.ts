import { once } from 'node:events'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Prey } from './hostile-programs.ts'

export interface OpenPrey {
  readonly prey: Prey
  close(): void
}

/** Sets up what hostile programs hunt for. */
export async function openPrey(): Promise<OpenPrey> {
  const folder = mkdtempSync(join(tmpdir(), 'sandbox-'))
  const secretPath = join(folder, 'secret')
  const secretVariable = 'SANDBOX_TEST_SECRET'
  // Open to everybody, so that nothing but the sandbox protects it.
  writeFileSync(secretPath, 'secret', { mode: 0o644 })
  chmodSync(folder, 0o755)
  process.env[secretVariable] = 'secret'
  const listener = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1')
  await once(listener, 'listening')
  const { port } = listener.address() as AddressInfo // not a pipe, whose address is a string
  return {
    prey: { port, secretPath, secretVariable, workerPid: process.pid },
    close() {
      listener.close()
      delete process.env[secretVariable]
      rmSync(folder, { recursive: true })
    },
  }
}
