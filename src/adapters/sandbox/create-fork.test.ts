import { describe, expect, test } from '@jest/globals'
import { otherEntryPoints } from '../../domain/runs/entry-points.ts'
import { createFork } from './create-fork.ts'
import type { ForkLimits, Frame } from './frames.ts'
import { SandboxFault } from './sandbox.ts'
import { createTurnstile } from './turnstile.ts'
import type { ForkPayload, Zygote } from './zygote-process.ts'

const limits: ForkLimits = { wallMs: 5_000, cpuMs: 2_000, memoryBytes: 1 }
const ended: Frame = {
  id: 1,
  end: 'exited',
  code: 0,
  wallMs: 1,
  cpuMs: 1,
  sleeps: 0,
  preemptions: 0,
  maxRssBytes: 1,
  body: Buffer.alloc(0),
}
const starved: Frame = { ...ended, end: 'out-of-wall', wallMs: 5_000, cpuMs: 500, preemptions: 150 }
const asleep: Frame = { ...ended, end: 'out-of-wall', wallMs: 5_000, cpuMs: 10 }
const killed: Frame = { ...ended, end: 'signalled', code: 9 }
const died = new SandboxFault('died', 'It died')

/** Forks over zygotes that answer from a list. */
function createTestFork(replies: readonly (Frame | SandboxFault)[], signal = new AbortController().signal) {
  const asked: { payload: ForkPayload; limits: ForkLimits }[] = []
  const killed: Zygote[] = []
  const zygote: Zygote = {
    introduction: '',
    isAlive: () => true,
    async ask(payload, limits) {
      const reply = replies[asked.length]
      asked.push({ payload, limits })
      if (!reply) return new Promise<Frame>(() => {})
      if (reply instanceof SandboxFault) throw reply
      return reply
    },
    async kill() {
      killed.push(zygote)
    },
  }
  const program = { code: 'code', entryPoints: ['solve'], inputs: [[[1]], [[2]]], forks: 'program' } as const
  const fork = createFork({ program, getZygote: async () => zygote, turnstile: createTurnstile(), signal })
  return { asked, killed, ask: () => fork([[[1]]], limits) }
}

describe('createFork', () => {
  test('sends the program and its options, and nothing else', async () => {
    const { ask, asked } = createTestFork([ended])
    expect(await ask()).toBe(ended)
    expect(asked).toEqual([
      {
        payload: {
          code: 'code',
          entryPoints: ['solve'],
          otherNames: otherEntryPoints,
          inputs: [[[1]]],
          gridsAs: 'list',
          chance: 'usual',
        },
        limits,
      },
    ])
  })

  test('believes that a sleeping program slept', async () => {
    const { ask, asked } = createTestFork([asleep])
    expect(await ask()).toBe(asleep)
    expect(asked).toHaveLength(1)
  })

  test('retries a starved program with more time', async () => {
    const { ask, asked } = createTestFork([starved, ended])
    expect(await ask()).toBe(ended)
    expect(asked.map(({ limits }) => limits)).toMatchObject([{ wallMs: 5_000 }, { wallMs: 60_000, stallMs: 5_000 }])
  })

  test.each([
    ['a zygote that died', died],
    ['a zygote that hung', new SandboxFault('hung', 'It hung')],
    ['a program killed from outside', killed],
  ])('retries after %s', async (_, fault) => {
    const { ask } = createTestFork([fault, ended])
    expect(await ask()).toBe(ended)
  })

  test('charges the program the second time, even over several forks', async () => {
    const { ask } = createTestFork([died, ended, died])
    expect(await ask()).toBe(ended)
    expect(await ask()).toEqual({ end: 'broke', message: expect.stringContaining('It died') })
  })

  test.each(['closed', 'not-started'] as const)('does not charge it for a sandbox that is %s', async (kind) => {
    const { ask } = createTestFork([new SandboxFault(kind, 'no')])
    await expect(ask()).rejects.toMatchObject({ kind })
  })

  test('kills the zygote on abort', async () => {
    const controller = new AbortController()
    const { ask, asked, killed } = createTestFork([], controller.signal)
    void ask()
    while (asked.length === 0) await Promise.resolve()
    controller.abort()
    expect(killed).toHaveLength(1)
  })
})
