#!/usr/bin/env -S node --disable-warning=ExperimentalWarning
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { createRandom } from '../../../test/support/create-random.ts'
import { startFakeProvider, type RecordedRequest, type Reply } from '../../../test/support/fake-provider.ts'
import { createRateLimiter, type Announcing, type LimiterShape } from '../../../test/support/rate-limiter.ts'

/*
 * The tests' provider as a process of its own, so that its cost is counted for nobody. `GET /v1/stats` returns what it saw. It
 * remembers every request: one process per measurement keeps it small.
 */

/** What a provider saw of one measurement; times in milliseconds since 1970. */
export interface ProviderStats {
  readonly requests: number
  /** Refusals included. */
  readonly answered: number
  readonly refused: number
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

let refused = 0

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
    refused,
    maxInFlight: moments.reduce((most, { change }) => Math.max(most, (inFlight += change)), 0),
    firstAtMs: requests[0]?.receivedAtMs ?? null,
    lastAtMs: ends.length === 0 ? null : Math.max(...ends),
  }
}

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    'latency-ms': { type: 'string', default: '100' },
    /** How far a reply's time may be from that, as a part of it. */
    jitter: { type: 'string', default: '0' },
    programs: { type: 'string', default: 'distinct' },
    /** Refuses requests beyond these; 0 refuses none. */
    'per-second': { type: 'string', default: '0' },
    shape: { type: 'string', default: 'bucket' },
    announcing: { type: 'string', default: 'nothing' },
  },
})
const programs: Programs = values.programs === 'none' ? 'none' : 'distinct'
const latencyMs = Number(values['latency-ms'])
const jitter = Number(values.jitter)
const perSecond = Number(values['per-second'])
const limiter =
  perSecond === 0
    ? undefined
    : createRateLimiter({
        perSecond,
        shape: values.shape as LimiterShape, // of a bench of ours
        announcing: values.announcing as Announcing,
      })
const random = createRandom(1)

/** Without jitter the provider itself waits, which costs nothing here. */
async function answer(nth: number): Promise<Reply> {
  const admitted = limiter?.admit(Date.now()) ?? { headers: {} }
  if ('refusal' in admitted) {
    refused += 1
    return admitted.refusal
  }
  if (waitsHere) await sleep(latencyMs * (1 + jitter * (2 * random() - 1)))
  return { text: renderAnswer(programs, nth), headers: admitted.headers }
}

const waitsHere = jitter > 0 || limiter !== undefined
const provider = await startFakeProvider({
  port: Number(values.port),
  latencyMs: waitsHere ? 0 : latencyMs,
  reply: ({ path }, nth) => (path.endsWith('/stats') ? { status: 200, body: count(provider.requests) } : answer(nth)),
})
// Started by a bench, it ends when the bench does, whatever the reason.
process.on('disconnect', () => process.exit(0))
if (process.send) process.send({ url: provider.url } satisfies ProviderReady)
else console.log(provider.url)
