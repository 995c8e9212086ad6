import { appendFileSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { hasCode, isMissing } from './files/error-code.ts'
import { isAlive, processIdentitySchema, readOwnIdentity, renderProcessIdentity } from './process-identity.ts'

/** One attempt at an activity, as the server's list of pending activities names it. */
export interface ActivityAttempt {
  readonly workflowId: string
  readonly runId: string
  readonly activityId: string
  readonly attempt: number
}

export interface Journal {
  begin(attempt: ActivityAttempt): void
  end(attempt: ActivityAttempt): void
  /** Removes the journal: the worker ended in order and left nothing in flight. */
  close(): void
}

/** What a dead worker had in flight. */
export interface DeadJournal {
  readonly workerIdentity: string
  readonly inFlight: readonly ActivityAttempt[]
  readonly remove: () => void
}

const headingSchema = z.object({ host: z.string(), process: processIdentitySchema })

type Heading = Readonly<z.infer<typeof headingSchema>>

const attemptSchema = z.object({
  workflowId: z.string(),
  runId: z.string(),
  activityId: z.string(),
  attempt: z.number(),
}) satisfies z.ZodType<ActivityAttempt>

const rewriteAboveBytes = 1024 * 1024

/** This process's identity for Temporal: journals and pending activities are matched by it. */
export function nameWorker(): string {
  return `${hostname()}:${renderProcessIdentity(readOwnIdentity())}`
}

/**
 * What this worker has in flight, as `+` and `-` lines in a file of its own: after `kill -9` the next worker on this host reports
 * it at once, rather than waiting for heartbeats to time out.
 *
 * Written synchronously and never flushed: what the kernel has taken survives the process, and after a power loss the server is
 * down too.
 */
export function openJournal(folder: string): Journal {
  mkdirSync(folder, { recursive: true })
  const process = readOwnIdentity()
  const path = join(folder, `${renderProcessIdentity(process)}.jsonl`)
  const heading = `${JSON.stringify({ host: hostname(), process } satisfies Heading)}\n`
  const inFlight = new Map<string, string>()
  let bytes = 0
  const rewrite = () => {
    const text = heading + [...inFlight.values()].join('')
    writeFileSync(`${path}.tmp`, text)
    renameSync(`${path}.tmp`, path)
    bytes = text.length
  }
  const append = (line: string) => {
    if (bytes + line.length > rewriteAboveBytes) return rewrite()
    appendFileSync(path, line)
    bytes += line.length
  }
  /** On a full disk the work goes on without the journal; the next successful write brings everything that was missed. */
  const write = (how: () => void) => {
    try {
      how()
    } catch (error) {
      if (!hasCode(error, 'ENOSPC', 'EDQUOT')) throw error
      bytes = Infinity
    }
  }
  write(rewrite)
  return {
    begin(attempt) {
      const line = `+${JSON.stringify(attempt)}\n`
      inFlight.set(nameAttempt(attempt), line)
      write(() => append(line))
    },
    end(attempt) {
      inFlight.delete(nameAttempt(attempt))
      write(() => append(`-${JSON.stringify(attempt)}\n`))
    },
    close: () => rmSync(path, { force: true }),
  }
}

/** The journals of dead workers on this host. Those of other hosts cannot be judged from here. */
export function readDeadJournals(folder: string): DeadJournal[] {
  return readJournals(folder)
    .filter(({ heading }) => !isAlive(heading.process))
    .map(({ path, heading, inFlight }) => ({
      workerIdentity: `${heading.host}:${renderProcessIdentity(heading.process)}`,
      inFlight,
      remove: () => rmSync(path, { force: true }),
    }))
}

/** How many activities the living workers on this host have in flight. */
export function countInFlight(folder: string): number {
  const livingJournals = readJournals(folder).filter(({ heading }) => isAlive(heading.process))
  return livingJournals.reduce((sum, { inFlight }) => sum + inFlight.length, 0)
}

function readJournals(folder: string) {
  return listFiles(folder).flatMap((path) => {
    const [first = '', ...lines] = readWhenThere(path).split('\n')
    const heading = parseHeading(first)
    return heading?.host === hostname() ? [{ path, heading, inFlight: readInFlight(lines) }] : []
  })
}

/** Workers remove their journals as they end, and the last one removes the folder: either may disappear while it is read. */
function listFiles(folder: string): string[] {
  const names = whenThere(() => readdirSync(folder), [])
  return names.filter((name) => name.endsWith('.jsonl')).map((name) => join(folder, name))
}

function readWhenThere(path: string): string {
  return whenThere(() => readFileSync(path, 'utf8'), '')
}

function whenThere<Value>(read: () => Value, otherwise: Value): Value {
  try {
    return read()
  } catch (error) {
    if (isMissing(error)) return otherwise
    throw error
  }
}

/** @returns undefined where a file does not begin as a journal does */
function parseHeading(line: string): Heading | undefined {
  try {
    return headingSchema.safeParse(JSON.parse(line)).data
  } catch {
    return undefined
  }
}

function readInFlight(lines: readonly string[]): ActivityAttempt[] {
  const inFlight = new Map<string, ActivityAttempt>()
  for (const line of lines) {
    const attempt = parseAttempt(line.slice(1))
    if (attempt === undefined) continue
    if (line.startsWith('+')) inFlight.set(nameAttempt(attempt), attempt)
    else inFlight.delete(nameAttempt(attempt))
  }
  return [...inFlight.values()]
}

/** The last line may be torn; a line of another shape names no attempt that could be reported. */
function parseAttempt(json: string): ActivityAttempt | undefined {
  try {
    return attemptSchema.safeParse(JSON.parse(json)).data
  } catch {
    return undefined
  }
}

function nameAttempt({ workflowId, runId, activityId, attempt }: ActivityAttempt): string {
  return [workflowId, runId, activityId, attempt].join('\0')
}
