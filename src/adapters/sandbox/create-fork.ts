import { otherEntryPoints } from '../../domain/runs/entry-points.ts'
import type { ForkLimits, Frame } from './frames.ts'
import type { Fork } from './run-program.ts'
import { patientWallMs, wasAsleep } from './sandbox-limits.ts'
import { SandboxFault, type ProgramRun } from './sandbox.ts'
import type { Turnstile } from './turnstile.ts'
import type { ForkPayload, Zygote } from './zygote-process.ts'

export interface ForkSetting {
  readonly program: ProgramRun
  /** A living zygote that nothing else uses; a new one if the last has died. */
  readonly getZygote: () => Promise<Zygote>
  readonly turnstile: Turnstile
  readonly signal: AbortSignal
}

const signalKill = 9

/**
 * Forks that separate what a program did from what was done to it.
 *
 * A zygote that dies or hangs is replaced and asked again: the kernel may have killed it for memory, or an operator. If it
 * happens twice under one program, the program is the likelier cause, and is blamed.
 *
 * A fork that spent its wall time waiting for the processor is tried again alone, with so long a wall time that it finishes, uses
 * up its CPU time, or turns out to be asleep. That result is final: a program that could make the machine look busy forever must
 * not be able to fail its whole batch.
 */
export function createFork({ program, getZygote, turnstile, signal }: ForkSetting): Fork {
  const { code, entryPoints, gridsAs = 'list', chance = 'usual' } = program
  let faults = 0
  return async (inputs, limits) => {
    const ask = async (limits: ForkLimits) => {
      const zygote = await getZygote()
      return askUntilAborted(
        zygote,
        { code, entryPoints, otherNames: otherEntryPoints, inputs, gridsAs, chance },
        limits,
        signal,
      )
    }
    for (;;) {
      try {
        const reply = await turnstile.together(() => ask(limits))
        if (reply.end !== 'out-of-wall' || wasAsleep(reply, limits.cpuMs)) return reply
        return await turnstile.alone(() =>
          ask({ ...limits, wallMs: patientWallMs(limits.cpuMs, reply), stallMs: limits.wallMs }),
        )
      } catch (fault) {
        if (!isAccident(fault)) throw fault
        faults += 1
        if (faults === 2) return { end: 'broke', message: `The sandbox broke twice under it. ${fault.message}` }
      }
    }
  }
}

async function askUntilAborted(
  zygote: Zygote,
  payload: ForkPayload,
  limits: ForkLimits,
  signal: AbortSignal,
): Promise<Frame> {
  signal.throwIfAborted()
  const stop = () => void zygote.kill()
  signal.addEventListener('abort', stop, { once: true })
  try {
    const reply = await zygote.ask(payload, limits)
    // The zygote reports when it kills a fork itself, and nothing else inside may: this signal came from outside.
    if (reply.end === 'signalled' && reply.code === signalKill)
      throw new SandboxFault('died', 'The program was killed from outside')
    return reply
  } finally {
    signal.removeEventListener('abort', stop)
  }
}

function isAccident(error: unknown): error is SandboxFault {
  return error instanceof SandboxFault && ['died', 'hung', 'out-of-step'].includes(error.kind)
}
