import { fileURLToPath } from 'node:url'
import { createFork } from './create-fork.ts'
import { createSlot } from './create-slot.ts'
import { openFirstZygote, sandboxLevels } from './open-first-zygote.ts'
import { runProgram } from './run-program.ts'
import { readLimits, sandboxLimits, type SandboxLimits } from './sandbox-limits.ts'
import type { Sandbox, SandboxFacts } from './sandbox.ts'
import { createSlotPool } from './slot-pool.ts'
import { createTurnstile } from './turnstile.ts'
import { startZygote } from './zygote-process.ts'

export interface SandboxOptions {
  /** The only interpreter to use; searched for if absent. */
  readonly python?: string | undefined
  /** How many programs run at once: as many as the machine has cores, or one fewer. */
  readonly slots: number
  readonly limits?: Partial<SandboxLimits>
  readonly zygotePath?: string
  /** Ways to isolate Python, in order of preference. */
  readonly levels?: readonly SandboxFacts['level'][]
}

const shippedZygote = fileURLToPath(new URL('../../../sandbox/zygote.py', import.meta.url))

/**
 * Opens a sandboxed Python per slot. The first one proves at once that it works here; the others start when needed.
 *
 * @throws {SandboxUnavailable} when this machine cannot; no program ever runs with less protection.
 */
export async function createSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { python, zygotePath = shippedZygote, levels = sandboxLevels } = options
  const limits = { ...sandboxLimits, ...options.limits }
  const { zygote: first, command, facts, withstood } = await openFirstZygote(python, zygotePath, levels)
  const slots = Array.from({ length: options.slots }, (_, index) =>
    createSlot(() => startZygote(command), index === 0 ? first : undefined),
  )
  const pool = createSlotPool(slots)
  const turnstile = createTurnstile()

  return {
    facts,
    withstood,
    run(program, signal) {
      const work = pool.use(async ({ getZygote }) => {
        signal.throwIfAborted()
        const programLimits = program.limits ? readLimits(program.limits) : limits
        return runProgram(program, programLimits, createFork({ program, getZygote, turnstile, signal }))
      })
      return untilAborted(signal, work)
    },
    async close() {
      await Promise.all(slots.map((slot) => slot.close()))
    },
  }
}

/** Rejects at once, without waiting for the work to notice: it may still be queued. */
async function untilAborted<Result>(signal: AbortSignal, work: Promise<Result>): Promise<Result> {
  const { promise: aborted, reject } = Promise.withResolvers<never>()
  const abort = () => reject(signal.reason)
  if (signal.aborted) abort()
  signal.addEventListener('abort', abort, { once: true })
  try {
    return await Promise.race([aborted, work])
  } finally {
    signal.removeEventListener('abort', abort)
  }
}
