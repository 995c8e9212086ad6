import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { renderBwrapArguments } from './bwrap-arguments.ts'
import { createFork } from './create-fork.ts'
import { explainStartFailure } from './explain-start-failure.ts'
import { findPython } from './find-python.ts'
import { runProgram } from './run-program.ts'
import { SandboxFault, SandboxUnavailable, type ProgramRun, type Sandbox, type SandboxFacts } from './sandbox.ts'
import { sandboxLimits, type SandboxLimits } from './sandbox-limits.ts'
import { createSlotPool } from './slot-pool.ts'
import { createTurnstile } from './turnstile.ts'
import { startZygote, zygoteDescriptor, type Zygote, type ZygoteCommand } from './zygote-process.ts'

export interface SandboxOptions {
  /** The interpreter to use, and no other; found when absent. */
  readonly python?: string | undefined
  /** How many programs run at once: as many as the machine has cores, or one fewer. */
  readonly slots: number
  readonly limits?: Partial<SandboxLimits>
  readonly zygotePath?: string
}

const shippedZygote = fileURLToPath(new URL('../../../sandbox/zygote.py', import.meta.url))
const nobody = 65_534

/**
 * Closes Python in, once per slot, and proves with the first slot that it can be done here.
 *
 * @throws {SandboxUnavailable} when this machine cannot; no program is ever run with less.
 */
export async function createSandbox(options: SandboxOptions): Promise<Sandbox> {
  const limits = { ...sandboxLimits, ...options.limits }
  const { command, facts, first } = await openSandbox(options)
  const slots = Array.from({ length: options.slots }, (_, index) =>
    createSlot(() => startZygote(command), index === 0 ? first : undefined),
  )
  const pool = createSlotPool(slots)
  const turnstile = createTurnstile()
  let closed = false

  return {
    facts,
    run(program: ProgramRun, signal: AbortSignal) {
      return untilAborted(
        signal,
        pool.use(async (slot) => {
          signal.throwIfAborted()
          if (closed) throw new SandboxFault('closed', 'The sandbox was closed')
          return runProgram(
            program,
            limits,
            createFork({ program, getZygote: () => slot.getZygote(), turnstile, signal }),
          )
        }),
      )
    },
    async close() {
      closed = true
      await Promise.all(slots.map((slot) => slot.close()))
    },
  }
}

async function openSandbox({ python, zygotePath = shippedZygote }: SandboxOptions) {
  if (process.platform !== 'linux' || !['x64', 'arm64'].includes(process.arch))
    throw new SandboxUnavailable(
      `Programs run only on Linux on x86_64 or aarch64; this is ${process.platform} on ${process.arch}.`,
      'docker compose up',
    )
  // Root inside a namespace of root's would be root to the kernel as well.
  const userId = process.getuid?.() === 0 ? nobody : undefined
  const installation = await findPython(python, userId)
  const command: ZygoteCommand = {
    file: 'bwrap',
    args: renderBwrapArguments(installation, zygoteDescriptor),
    zygotePath,
    userId,
  }
  const first = await startFirst(command)
  const { pythonVersion, numpyVersion } = JSON.parse(first.introduction)
  const facts: SandboxFacts = { level: 'bwrap', python: installation.executable, pythonVersion, numpyVersion }
  return { command, facts, first }
}

async function startFirst(command: ZygoteCommand): Promise<Zygote> {
  try {
    return await startZygote(command)
  } catch (error) {
    throw error instanceof SandboxFault ? explainStartFailure(error, readKernelSetting) : error
  }
}

function readKernelSetting(name: string): string | undefined {
  try {
    return readFileSync(`/proc/sys/${name.replaceAll('.', '/')}`, 'utf8').trim()
  } catch {
    return undefined
  }
}

/** A place for one zygote at a time, started when it is first needed, and again when the last one has died. */
function createSlot(start: () => Promise<Zygote>, first: Zygote | undefined) {
  let latest: Promise<Zygote | undefined> = Promise.resolve(first)
  return {
    async getZygote(): Promise<Zygote> {
      const zygote = await latest
      if (zygote?.isAlive()) return zygote
      const starting = start()
      latest = starting.catch(() => undefined)
      return starting
    },
    async close(): Promise<void> {
      const zygote = await latest
      await zygote?.kill()
    },
  }
}

/** Does not wait for the work to notice: it may still stand in the queue. */
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
