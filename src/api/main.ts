import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { serve } from '@hono/node-server'
import { createApp } from './create-app.ts'
import { openLibrary } from './open-library.ts'
import { createPageReader } from './page-files.ts'

const exitCodes = { usage: 2, unreachable: 5 }

function readSettings() {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '8321' },
      project: { type: 'string', default: process.cwd() },
      data: { type: 'string', default: 'data' },
    },
  })
  const port = values.port.trim() === '' ? NaN : Number(values.port)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new RangeError(`--port is ${JSON.stringify(values.port)}, and must be a whole number from 0 to 65535`)
  }
  return { ...values, port }
}

function stop(message: string, code: number): never {
  process.stderr.write(`page: ${message}\n`)
  process.exit(code)
}

function main() {
  const { port, project, data } = readSettings()
  const library = openLibrary({ project, data })
  const onFault = (error: unknown) => console.error(error)
  const app = createApp({ library, readPage: createPageReader(join(project, 'web/dist')), onFault })
  const server = serve({ fetch: app.fetch, port, hostname: '127.0.0.1' }, (address) => {
    process.stdout.write(`The page: http://127.0.0.1:${address.port}\n`)
    // So that the first visitor does not wait for 1,520 files.
    library.catalogue.read().catch(onFault)
  })
  server.on('error', (error: NodeJS.ErrnoException) => {
    const reason =
      error.code === 'EADDRINUSE'
        ? `it is taken by another program; ARCLOOM_WEB_PORT names another port`
        : error.message
    stop(`cannot listen on 127.0.0.1:${port}: ${reason}`, exitCodes.unreachable)
  })
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => process.exit(0))
}

try {
  main()
} catch (error) {
  stop(error instanceof Error ? error.message : String(error), exitCodes.usage)
}
