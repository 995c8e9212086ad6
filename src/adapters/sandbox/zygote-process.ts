import { spawn, type ChildProcess } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { createFrameReader, encodeRequest, type ForkLimits, type Frame } from './frames.ts'
import { renderRows } from './grid-rows.ts'
import { SandboxFault, type ProgramRun } from './sandbox.ts'

/** A command that starts Python, isolated or not. */
export interface CommandLine {
  readonly file: string
  readonly args: readonly string[]
  /** The whole environment: nothing of the worker's own is passed on. */
  readonly environment: Readonly<Record<string, string>>
}

export interface ZygoteCommand extends CommandLine {
  /** Passed open, as `zygoteDescriptor`: the user that runs the command may not be able to enter its folder. */
  readonly zygotePath: string
  /** User and group to run the command as; the worker's own if undefined. */
  readonly userId: number | undefined
}

/** The input of a fork. Never an expected output. */
export type ForkPayload = Pick<ProgramRun, 'code' | 'entryPoints' | 'inputs'> &
  Required<Pick<ProgramRun, 'gridsAs' | 'chance'>> & {
    /** Tried after the entry points, if there are several. */
    readonly otherNames: readonly string[]
  }

/** One sandboxed Python, for one request at a time. Once dead it stays dead. */
export interface Zygote {
  /** The JSON with which it introduced itself. */
  readonly introduction: string
  readonly isAlive: () => boolean
  /** @throws {SandboxFault} when no reply came; the zygote is dead then. */
  readonly ask: (payload: ForkPayload, limits: ForkLimits) => Promise<Frame>
  /** Kills it and all its children, and waits until none is left. */
  readonly kill: () => Promise<void>
}

/** The descriptor under which the command finds zygote.py. */
export const zygoteDescriptor = 3

/** What a loaded machine may need beyond the fork's limits before the zygote counts as hung. No program can hang it. */
const hangGraceMs = 30_000
const maxStartMs = 60_000
const evidenceCharacters = 2_000

/**
 * Starts a zygote and waits until it has introduced itself.
 *
 * @throws {SandboxFault} when it does not; `evidence` holds its output.
 */
export async function startZygote(command: ZygoteCommand): Promise<Zygote> {
  const child = spawnZygote(command)
  let pendingRequest: { id: number; resolve: (frame: Frame) => void; reject: (fault: SandboxFault) => void } | undefined
  let fault: SandboxFault | undefined
  let evidence = ''
  let nextId = 0

  const breakDown = (because: SandboxFault) => {
    fault ??= because
    child.kill('SIGKILL')
    pendingRequest?.reject(fault)
    pendingRequest = undefined
  }
  const receive = (frame: Frame) => {
    if (frame.id !== pendingRequest?.id) throw new RangeError(`Reply ${frame.id} was not requested.`)
    pendingRequest.resolve(frame)
    pendingRequest = undefined
  }
  const readFrames = createFrameReader()
  child.stdout?.on('data', (chunk: Buffer) => {
    try {
      readFrames(chunk).forEach(receive)
    } catch (error) {
      breakDown(new SandboxFault('out-of-step', 'The sandbox sent an unexpected reply', String(error)))
    }
  })
  child.stderr?.on('data', (chunk: Buffer) => (evidence = (evidence + chunk.toString()).slice(-evidenceCharacters)))
  // Writing to a process that just died; `close` reports its end with more detail.
  child.stdin?.on('error', () => {})
  child.on('error', (error) => breakDown(new SandboxFault('not-started', 'The sandbox did not start', error.message)))
  const whenClosed = new Promise<void>((resolve) => {
    child.on('close', (code, signal) => {
      breakDown(new SandboxFault('died', `The sandbox ended (${signal ?? `exit code ${code}`})`, evidence.trim()))
      resolve()
    })
  })

  const awaitFrame = (id: number, withinMs: number) =>
    new Promise<Frame>((resolve, reject) => {
      const stopWaiting = onTimeout(withinMs, () =>
        breakDown(new SandboxFault('hung', `The sandbox did not respond within ${withinMs} ms`, evidence.trim())),
      )
      const settle =
        <Value>(how: (value: Value) => void) =>
        (value: Value) => {
          stopWaiting()
          how(value)
        }
      pendingRequest = { id, resolve: settle(resolve), reject: settle(reject) }
      if (fault) breakDown(fault)
    })

  const introduction = await awaitFrame(nextId, maxStartMs).catch(async () => {
    await whenClosed
    throw new SandboxFault('not-started', 'The sandbox did not start', fault?.evidence ?? '')
  })
  return {
    introduction: introduction.body.toString(),
    isAlive: () => !fault,
    ask(payload, limits) {
      nextId += 1
      const rows = { ...payload, inputs: payload.inputs.map(renderRows) }
      // First, because it throws if the text is too long to send, and then there is nothing to wait for.
      const request = encodeRequest(nextId, rows, limits)
      const reply = awaitFrame(nextId, limits.wallMs + hangGraceMs)
      child.stdin?.write(request)
      return reply
    },
    async kill() {
      breakDown(new SandboxFault('closed', 'The sandbox was closed'))
      await whenClosed
    },
  }
}

/**
 * In a session of its own, so that Ctrl-C in a terminal reaches the worker, which winds down, and not the programs it is waiting
 * for.
 */
function spawnZygote({ file, args, environment, zygotePath, userId }: ZygoteCommand): ChildProcess {
  const zygote = openSync(zygotePath, 'r')
  try {
    return spawn(file, args, {
      stdio: ['pipe', 'pipe', 'pipe', zygote],
      env: { ...environment },
      cwd: '/',
      detached: true,
      ...(userId !== undefined && { uid: userId, gid: userId }),
    })
  } catch (error) {
    // Node reports some failures to start by an event, and others by throwing.
    throw new SandboxFault('not-started', 'The sandbox did not start', String(error))
  } finally {
    closeSync(zygote)
  }
}

/**
 * Like `setTimeout`, but if this process itself was busy past the time, input that arrived meanwhile is read first: timers run
 * before input, immediates after.
 *
 * @returns a function that cancels it.
 */
function onTimeout(delayMs: number, act: () => void): () => void {
  let immediate: NodeJS.Immediate | undefined
  const timer = setTimeout(() => (immediate = setImmediate(act)), delayMs)
  return () => {
    clearTimeout(timer)
    clearImmediate(immediate)
  }
}
