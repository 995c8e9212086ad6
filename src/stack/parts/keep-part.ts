import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  isAlive,
  readProcessIdentity,
  renderProcessIdentity,
  type ProcessIdentity,
} from '../../adapters/process-identity.ts'
import type { Ports } from '../ports/choose-ports.ts'
import { StackFailed } from '../stack-failed.ts'
import { readIdentity, readPartFacts, type PartFacts, type StackFiles } from '../state/stack-files.ts'
import type { PartState, PartStatus } from '../state/stack-status.ts'
import { decideRestart, type Death } from './decide-restart.ts'
import { askToEnd, killGroup } from './end-process.ts'
import { readLastWords, sizeOf } from './log-file.ts'
import type { Launch, PartSpec } from './part.ts'
import { spawnDetached } from './spawn-detached.ts'

export interface PartKeeper {
  readonly name: PartSpec['name']
  readonly status: () => PartStatus
  /** Adopts the process left by an earlier supervisor. Returns whether there is one. */
  readonly adopt: () => boolean
  /** Starts it, unless adopted. Settles once the process is launched, or cannot be. */
  readonly start: () => Promise<void>
  /**
   * Retries a failed part now instead of after its pause: somebody is waiting, and may have fixed the cause. An attempt under
   * way started before that, so if it fails another one follows at once.
   */
  readonly retry: () => void
  /** Asks it to end and waits until it has; with `now`, even during an earlier call, kills it. */
  readonly end: (how: { readonly now: boolean }) => Promise<void>
}

export interface KeepPartOptions {
  readonly files: StackFiles
  readonly cwd: string
  /** The stack's ports, for a supervisor that adopts the process later. */
  readonly ports: Ports
  readonly log: (line: string) => void
  /** Writes a file of the stack; never throws. */
  readonly write: (path: string, value: unknown) => void
  readonly onChange: () => void
  /** Notifies whoever waits for the stack. */
  readonly note: (line: string) => void
}

const pollMs = 50
const adoptedPollMs = 200
const externalPollMs = 10_000
const remembered = 20

interface Current {
  readonly identity: ProcessIdentity
  readonly facts: PartFacts
  readonly startedAt: number
  /** Where its output begins in the log. */
  readonly logStart: number
}

/** As Node reports it; both null for adopted processes. */
interface End {
  readonly exitCode: number | null
  readonly signal: NodeJS.Signals | null
}

/*
 *              launch           isReady
 *   start ───────────► starting ───────► running
 *     │                   │ dies            │ dies
 *     ▼                   ▼                 │
 *  external          restarting ◄───────────┘      relaunched after the pause from decideRestart
 *                         │ three times without being ready, or cannot be launched
 *                         ▼
 *                      failed                      still relaunched
 *
 * There is one process at a time, `current`. Every callback and loop belongs to one process and does nothing once `current` is
 * another one, or none. A child reports its death by an event and is replaced within milliseconds;
 * an adopted process is not our child, so it is polled.
 */
export function keepPart(
  spec: PartSpec,
  { files, cwd, ports, log, write, onChange, note }: KeepPartOptions,
): PartKeeper {
  const { name } = spec
  const logPath = files.log(name)
  let status: PartStatus = { state: 'starting', since: Date.now(), triedAt: Date.now(), restarts: 0 }
  let current: Current | undefined
  let deaths: Death[] = []
  let pause: NodeJS.Timeout | undefined
  let triedAt = Date.now()
  let hurried = false
  let lastWords: string | undefined
  let ending = false

  function change(state: PartState, details: Pick<PartStatus, 'restarts' | 'lastError' | 'mend'>): void {
    const { identity, facts } = current ?? {}
    const { keys, code, isEmpty } = facts ?? {}
    const knownFacts = {
      ...(identity && { identity }),
      ...(keys && { keys }),
      ...(code !== undefined && { code }),
      ...(isEmpty && { isEmpty }),
    }
    status = { state, since: Date.now(), triedAt, ...knownFacts, ...details }
    log([name, state, current?.identity.pid, details.lastError].filter(Boolean).join(' '))
    onChange()
  }

  function adopt(): boolean {
    const identity = readIdentity(files.part(name))
    if (!identity || !isAlive(identity)) return false
    begin({ identity, facts: readPartFacts(files.part(name)), startedAt: Date.now(), logStart: sizeOf(logPath) })
    void watchAdopted(identity)
    return true
  }

  async function launch(): Promise<void> {
    pause = undefined
    hurried = false
    triedAt = Date.now()
    try {
      const plan = await spec.plan(lastWords)
      if (ending) return
      if (plan !== 'external') return spawnPart(plan)
      if (status.state !== 'external') change('external', { restarts: 0 })
      launchAfter(externalPollMs)
    } catch (error) {
      cannotLaunch(error)
    }
  }

  function spawnPart(plan: Launch): void {
    const logStart = sizeOf(logPath)
    const child = spawnDetached(plan, { cwd, logPath })
    child.once('error', cannotLaunch)
    if (child.pid === undefined) return
    // If it has already ended it is a zombie without a readable identity; its exit event is on the way.
    const identity = readProcessIdentity(child.pid) ?? { pid: child.pid, startTime: 'ended' }
    child.once('exit', (exitCode, signal) => died(identity, { exitCode, signal }))
    if (plan.note !== undefined) note(plan.note)
    const facts = { ...plan.facts, ports }
    write(files.part(name), { identity, ...facts })
    begin({ identity, facts, startedAt: Date.now(), logStart })
  }

  function begin(process: Current): void {
    current = process
    change('starting', { restarts: status.restarts })
    void watchReadiness(process.identity)
  }

  const isCurrent = (identity: ProcessIdentity) => current?.identity === identity
  const isAwaited = (identity: ProcessIdentity) => isCurrent(identity) && !ending

  async function watchReadiness(identity: ProcessIdentity): Promise<void> {
    while (isAwaited(identity)) {
      const ready = await spec.isReady(identity).catch(() => false)
      if (ready && isAwaited(identity)) return change('running', { restarts: status.restarts })
      await sleep(pollMs)
    }
  }

  async function watchAdopted(identity: ProcessIdentity): Promise<void> {
    while (isAlive(identity)) await sleep(adoptedPollMs)
    died(identity, { exitCode: null, signal: null })
  }

  function died(identity: ProcessIdentity, { exitCode, signal }: End): void {
    if (!current || !isCurrent(identity)) return
    const { startedAt, logStart } = current
    const wasReady = status.state === 'running'
    current = undefined
    killGroup(identity)
    rmSync(join(files.ready, `${name}-${renderProcessIdentity(identity)}.json`), { force: true })
    rmSync(files.part(name), { force: true })
    if (ending) return
    const said = exitCode === null ? undefined : readLastWords(logPath, logStart)
    lastWords = wasReady ? undefined : said
    const cause = signal ?? exitCode
    const lastError = said ?? (cause === null ? 'it ended for an unknown reason' : `it ended with ${cause}`)
    launchAgain({ livedMs: Date.now() - startedAt, wasReady, exitCode }, { lastError })
  }

  function cannotLaunch(error: unknown): void {
    const { message, mend } =
      error instanceof StackFailed ? error : { message: `It cannot be started: ${String(error)}`, mend: undefined }
    launchAgain(
      { livedMs: 0, wasReady: false, exitCode: null },
      { lastError: message, ...(mend && { mend }) },
      'failed',
    )
  }

  function launchAgain(death: Death, why: Pick<PartStatus, 'lastError' | 'mend'>, state?: PartState): void {
    deaths = [...deaths, death].slice(-remembered)
    const restart = decideRestart(deaths)
    change(state ?? restart.state, { restarts: status.restarts + 1, ...why })
    launchAfter(restart.afterMs)
  }

  function launchAfter(ms: number): void {
    if (ending) return
    if (ms === 0 || hurried) void launch()
    else pause = setTimeout(() => void launch(), ms)
  }

  function retry(): void {
    if (status.state === 'running') return
    hurried = pause === undefined
    if (hurried) return
    clearTimeout(pause)
    void launch()
  }

  async function end({ now }: { readonly now: boolean }): Promise<void> {
    ending = true
    clearTimeout(pause)
    if (!current) return
    const { identity } = current
    if (now) killGroup(identity)
    else askToEnd(identity)
    if (status.state !== 'ending') change('ending', { restarts: status.restarts })
    const deadline = Date.now() + spec.graceMs
    while (isCurrent(identity)) {
      if (Date.now() > deadline) killGroup(identity)
      await sleep(pollMs)
    }
  }

  return { name, status: () => status, adopt, start: launch, retry, end }
}
