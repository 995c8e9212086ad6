#!/usr/bin/env -S node --disable-warning=ExperimentalWarning
import { parseArgs } from 'node:util'
import { startFakeProvider, type RecordedRequest } from '../../../test/support/fake-provider.ts'

/*
 * The tests' provider as a process of its own, so that its cost is counted for nobody. `GET /v1/stats` returns what it saw. It
 * remembers every request: one process per measurement keeps it small.
 */

/** What a provider saw of one measurement; times in milliseconds since 1970. */
export interface ProviderStats {
  readonly requests: number
  readonly answered: number
  readonly maxInFlight: number
  readonly firstAtMs: number | null
  readonly lastAtMs: number | null
}

/** `distinct`: all different, as from a model; `none`: answers without a program, so that nothing is verified. */
export type Programs = 'distinct' | 'none'

export interface ProviderReady {
  readonly url: string
}

/** As much prose as in a short answer. */
const reasoning = 'Every output is its input with the order of its rows turned round; nothing else changes. '.repeat(20)

function renderAnswer(programs: Programs, nth: number): string {
  if (programs === 'none') return `${reasoning}Answer ${nth} has no program.`
  return `${reasoning}\n\`\`\`python\ndef solve_task(grid):\n    # ${nth}\n    return grid[::-1]\n\`\`\``
}

function count(all: readonly RecordedRequest[]): ProviderStats {
  const requests = all.filter(({ path }) => path.endsWith('/chat/completions'))
  const ends = requests.flatMap(({ answeredAtMs }) => (answeredAtMs === undefined ? [] : [answeredAtMs]))
  const moments = [
    ...requests.map(({ receivedAtMs }) => ({ atMs: receivedAtMs, change: 1 })),
    ...ends.map((atMs) => ({ atMs, change: -1 })),
  ].sort((a, b) => a.atMs - b.atMs || a.change - b.change)
  let inFlight = 0
  return {
    requests: requests.length,
    answered: ends.length,
    maxInFlight: moments.reduce((most, { change }) => Math.max(most, (inFlight += change)), 0),
    firstAtMs: requests[0]?.receivedAtMs ?? null,
    lastAtMs: ends.length === 0 ? null : Math.max(...ends),
  }
}

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    'latency-ms': { type: 'string', default: '100' },
    programs: { type: 'string', default: 'distinct' },
  },
})
const programs: Programs = values.programs === 'none' ? 'none' : 'distinct'
const provider = await startFakeProvider({
  port: Number(values.port),
  latencyMs: Number(values['latency-ms']),
  reply: ({ path }, nth) =>
    path.endsWith('/stats') ? { status: 200, body: count(provider.requests) } : { text: renderAnswer(programs, nth) },
})
// Started by a bench, it ends when the bench does, whatever the reason.
process.on('disconnect', () => process.exit(0))
if (process.send) process.send({ url: provider.url } satisfies ProviderReady)
else console.log(provider.url)
