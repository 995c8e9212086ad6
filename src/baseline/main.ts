import { randomUUID } from 'node:crypto'
import { availableParallelism, constants, setPriority } from 'node:os'
import { parseArgs } from 'node:util'
import { serve } from '@hono/node-server'
import { outliveFullDisk } from '../adapters/files/outlive-full-disk.ts'
import { messageOf } from '../domain/message-of.ts'
import { createBaselineApp } from './chat/create-baseline-app.ts'
import { createSolverPool } from './create-solver-pool.ts'
import { solveOnce } from './solve-once.ts'

const exitCodes = { usage: 2, unreachable: 5 }

function readSettings() {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '0' },
      'baseline-seconds': { type: 'string', default: '5' },
      concurrency: { type: 'string', default: String(Math.max(1, availableParallelism() - 1)) },
    },
  })
  return {
    port: readNumber('port', values.port, 0, 65_535),
    limitMs: 1000 * readNumber('baseline-seconds', values['baseline-seconds'], 0.01, 3600),
    concurrency: Math.floor(readNumber('concurrency', values.concurrency, 1, 64)),
  }
}

function readNumber(name: string, text: string, min: number, max: number): number {
  const value = text.trim() === '' ? NaN : Number(text)
  if (value >= min && value <= max) return value
  throw new RangeError(`--${name} is ${JSON.stringify(text)}; it must be a number from ${min} to ${max}`)
}

function stop(message: string, code: number): never {
  process.stderr.write(`baseline: ${message}\n`)
  process.exit(code)
}

function main() {
  const { port, ...limits } = readSettings()
  // A search takes a whole core; heartbeats and workflow tasks on the same machine come first. Threads inherit this priority.
  setPriority(constants.priority.PRIORITY_LOW)
  const pool = createSolverPool(limits)
  const app = createBaselineApp({
    solve: solveOnce(pool.solve),
    limitMs: limits.limitMs,
    nowMs: Date.now,
    createId: () => `chatcmpl-${randomUUID()}`,
  })
  const server = serve({ fetch: app.fetch, port, hostname: '127.0.0.1' }, (address) => {
    process.stdout.write(`${JSON.stringify({ listening: address.port })}\n`)
  })
  server.on('error', (error: NodeJS.ErrnoException) => {
    const reason = error.code === 'EADDRINUSE' ? `port ${port} is taken by another program` : error.message
    stop(`cannot listen on 127.0.0.1:${port}: ${reason}`, exitCodes.unreachable)
  })
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => process.exit(0))
}

outliveFullDisk()
try {
  main()
} catch (error) {
  stop(messageOf(error), exitCodes.usage)
}
