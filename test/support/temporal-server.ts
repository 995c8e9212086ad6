import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { Connection } from '@temporalio/client'
import { readConfig } from '../../src/config.ts'
import { resolveTemporalCli } from '../../src/stack/parts/resolve-temporal-cli.ts'
import { findFreePort } from './find-free-port.ts'

export interface TestServer {
  readonly address: string
  close(): Promise<void>
}

/** A Temporal dev server of its own on a free port, in memory, without a UI. */
export async function startTemporalServer(): Promise<TestServer> {
  const { path } = await resolveTemporalCli(readConfig())
  const port = await findFreePort()
  const server = spawn(
    path,
    ['server', 'start-dev', '--headless', '--ip', '127.0.0.1', '--port', String(port), '--log-level', 'never'],
    { stdio: 'ignore' },
  )
  const address = `127.0.0.1:${port}`
  for (;;) {
    if (server.exitCode !== null) throw new Error(`the Temporal dev server ended with ${server.exitCode}`)
    const connection = await Connection.connect({ address, connectTimeout: 1_000 }).catch(() => undefined)
    if (connection) {
      await connection.close()
      break
    }
    await sleep(100)
  }
  return {
    address,
    async close() {
      server.kill('SIGKILL')
      if (server.exitCode === null && server.signalCode === null) await once(server, 'exit')
    },
  }
}
