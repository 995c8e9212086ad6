import { isIP } from 'node:net'
import { networkInterfaces } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { serve } from '@hono/node-server'
import { outliveFullDisk } from '../adapters/files/outlive-full-disk.ts'
import { hashCode } from '../adapters/hash-code.ts'
import { readConfig } from '../config.ts'
import { messageOf } from '../domain/message-of.ts'
import { createOperations } from '../operations/create-operations.ts'
import { readBottleneck } from '../stack/state/read-bottleneck.ts'
import { readLivingStatus } from '../stack/state/read-stack-status.ts'
import { listStackFiles } from '../stack/state/stack-files.ts'
import { createCountingThread } from './counting/create-counting-thread.ts'
import { createApp } from './create-app.ts'
import { openDiscussions } from './discussions/open-discussions.ts'
import { createPass } from './guards/admit-bearer.ts'
import { openLibrary } from './open-library.ts'
import { listPageUrls } from './page/list-page-urls.ts'
import { createPageReader } from './page/page-files.ts'

const exitCodes = { usage: 2, unreachable: 5 }

/** Only reachable from this machine. */
const ownHosts = new Set(['127.0.0.1', '::1'])

/** A body is 256 KB at most; slow senders are not waited for. */
const requestTimeout = 60_000

function readSettings() {
  const { values } = parseArgs({
    options: {
      host: { type: 'string', default: '127.0.0.1' },
      port: { type: 'string', default: '8321' },
      token: { type: 'boolean', default: false },
      'allow-runs': { type: 'boolean', default: false },
      python: { type: 'string' },
      project: { type: 'string', default: process.cwd() },
      data: { type: 'string', default: 'data' },
    },
  })
  const port = values.port.trim() === '' ? NaN : Number(values.port)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new RangeError(`--port ${JSON.stringify(values.port)}: must be a whole number from 0 to 65535`)
  }
  if (isIP(values.host) === 0) {
    throw new RangeError(`--host ${JSON.stringify(values.host)}: must be an IP address such as 0.0.0.0`)
  }
  return { ...values, allowRuns: values['allow-runs'], port }
}

function stop(message: string, code: number): never {
  process.stderr.write(`page: ${message}\n`)
  process.exit(code)
}

function main() {
  const { host, port, token, allowRuns, python, project, data } = readSettings()
  const counting = createCountingThread({ dataDir: data, code: hashCode() })
  const stateDir = join(data, '.state')
  const stack = listStackFiles({ stateDir })
  const findTemporalUi = () => readLivingStatus(stack)?.addresses.temporalUi
  const library = openLibrary({
    project,
    data,
    counting,
    findTemporalUi,
    readBottleneck: () => readBottleneck({ stateDir }),
    python,
  })
  const onFault = (error: unknown) => console.error(error)
  const pass = token || !ownHosts.has(host) ? createPass(port) : undefined
  const discussions = openDiscussions({ project, data, config: readConfig() })
  const readPage = createPageReader(join(project, 'web/dist'))
  const operations = createOperations({
    readConfig: async () => readConfig(undefined, { projectRoot: project, typed: { ARCLOOM_DATA_DIR: data } }),
    stateDir,
    store: library.runs,
    note: (text) => console.error(text),
  })
  const mayAct = pass === undefined || allowRuns
  const app = createApp({ library, discussions, readPage, onFault, pass, operations, mayAct })
  const server = serve({ fetch: app.fetch, port, hostname: host, serverOptions: { requestTimeout } }, (address) => {
    const urls = listPageUrls({ host, port: address.port, token: pass?.token }, networkInterfaces())
    process.stdout.write(`The page: ${urls.join('\n       or ')}\n`)
    if (pass) process.stdout.write(explainPass(allowRuns))
    // So that the first visitor does not wait for 1,520 files.
    library.catalogue.read().catch(onFault)
  })
  server.on('error', (error: NodeJS.ErrnoException) => {
    stop(`cannot listen on ${host}:${port}: ${explain(error)}`, exitCodes.unreachable)
  })
  const end = () => void library.sandbox.close().finally(() => process.exit(0))
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, end)
}

function explainPass(allowRuns: boolean): string {
  const what = allowRuns ? 'read, write, and start runs that cost money' : 'read and write'
  return `Anyone with this address can ${what} until this server stops; nobody else can.\n`
}

function explain({ code, message }: NodeJS.ErrnoException): string {
  if (code === 'EADDRINUSE') return 'it is taken by another program; set ARCLOOM_WEB_PORT to another port'
  if (code === 'EADDRNOTAVAIL') return 'this machine has no such address; 0.0.0.0 means all of them'
  return message
}

outliveFullDisk()
try {
  main()
} catch (error) {
  stop(messageOf(error), exitCodes.usage)
}
