import type { GateHouse, SharedLimit } from '../gate.ts'
import { choosePart, mapAmounts, sharedKinds, type Amounts } from '../share-rules.ts'
import { noteExpiresMs, type GateNote } from './gate-note.ts'
import type { NoteFiles } from './note-files.ts'

/** The gates of one key. */
export interface NamedHouse {
  /** The same for all processes. */
  readonly place: string
  /** The provider, as in a sentence. */
  readonly title: string
  readonly house: GateHouse
}

export interface Sharing {
  /** Call it when requests come and go. @param needsPart a request waits for a part of a limit */
  wake(needsPart: boolean): void
  /** Gives everything back. */
  close(): Promise<void>
}

interface SharingOptions {
  readonly files: NoteFiles
  readonly houses: () => Iterable<NamedHouse>
  readonly nowMs?: () => number
}

const everyMs = 500
/** Whoever comes first in the order of workers gets what cannot be divided: each is first for a while. */
const turnMs = 10_000
const maxPauseMs = 10 * 60_000

/*
 * A key's limits hold for all processes of a data folder that use it: workers, and the page's server. Each has a part of every limit
 * and lets in no more than that. The parts are leases: they are in the process's note (`gate-note.ts`), and end when that is no longer
 * rewritten. There is nobody who hands them out: each process computes its own part from all notes (`share-rules.ts`).
 *
 * Two may take the same part at the same time. So whoever takes more writes that down first and looks again before using it; if the
 * parts now add up to more than the limit, it gives its own back. Both may do so, and share properly half a second later.
 *
 * A process alone takes whole limits, in a few milliseconds when its first request comes, and never waits for them again.
 */
export function createSharing({ files, houses, nowMs = Date.now }: SharingOptions): Sharing {
  let timer: NodeJS.Timeout | undefined
  let dueMs = Infinity
  let running: Promise<void> | undefined
  let writtenMs = -Infinity
  let isWritten = false
  /** Something has changed since the tick under way began. */
  let isWoken = false
  let isClosed = false

  function listLimits(): SharedLimit[] {
    return [...houses()].flatMap(({ place, house }) =>
      house.sharedLimits.map((limit) => (limit.name.startsWith('run ') ? limit : nameWithin(place, limit))),
    )
  }

  async function tick(): Promise<void> {
    // It may have hung, and others may hold by now what it held.
    if (nowMs() - writtenMs > 0.8 * noteExpiresMs) giveUp(listLimits())
    // Read before anything is counted: whatever enters while the notes are read must be in the note that is written.
    const others = await files.readOthers()
    const limits = listLimits()
    const active = limits.filter(isActive)
    giveUp(limits.filter((limit) => !isActive(limit)))
    if (active.length === 0) {
      if (isWritten) await files.write(undefined)
      isWritten = false
      return
    }
    const parts = active.map((limit) => choose(limit, others))
    for (const { limit, part, sharers } of parts) if (limit.held) limit.share(smallest(part, limit.held), sharers)
    await write(parts)
    if (parts.some(({ grows }) => grows)) {
      const now = await files.readOthers()
      const bounded = parts.map((each) => ({ ...each, part: bound(each, now) }))
      if (bounded.some(({ part }, index) => part !== parts[index]?.part)) await write(bounded)
      for (const { limit, part, sharers } of bounded) limit.share(part, sharers)
    } else {
      for (const { limit, part, sharers } of parts) limit.share(part, sharers)
    }
    for (const { limit } of parts) {
      const asked = [...others.values()].map(({ pauses }) => pauses[limit.name] ?? 0)
      const untilMs = Math.min(Math.max(0, ...asked), nowMs() + maxPauseMs)
      if (untilMs > nowMs()) limit.pause(untilMs)
    }
  }

  function choose(limit: SharedLimit, others: ReadonlyMap<string, GateNote>): Chosen {
    const sharing = [...others].filter(([, note]) => note.claims[limit.name] !== undefined)
    const names = [files.own, ...sharing.map(([name]) => name)].toSorted()
    const first = Math.floor(nowMs() / turnMs) % names.length
    const order = [...names.slice(first), ...names.slice(0, first)]
    const part = mapAmounts(limit.limits, (kind, whole) => {
      const wanted = wantOf(limit, kind, whole)
      const claims = order.map((name) =>
        name === files.own
          ? { held: limit.held?.[kind] ?? 0, wanted }
          : (others.get(name)?.claims[limit.name]?.[kind] ?? { held: 0, wanted: 0 }),
      )
      return choosePart(whole, claims, order.indexOf(files.own))
    })
    const grows = sharedKinds.some((kind) => (part[kind] ?? 0) > (limit.held?.[kind] ?? 0))
    return { limit, part, grows, sharers: names.length }
  }

  async function write(parts: readonly Chosen[]): Promise<void> {
    const claims: GateNote['claims'] = {}
    const pauses: GateNote['pauses'] = {}
    for (const { limit, part } of parts) {
      claims[limit.name] = mapAmounts(limit.limits, (kind, whole) => ({
        held: Math.max(part[kind] ?? 0, Math.min(limit.used[kind] ?? 0, whole)),
        wanted: wantOf(limit, kind, whole),
      }))
      if (limit.pausedUntilMs > nowMs()) pauses[limit.name] = limit.pausedUntilMs
    }
    const views = [...houses()].flatMap(({ title, house }) => house.views.map((view) => noteView(title, view)))
    isWritten = true
    await files.write({ claims, pauses, views })
    writtenMs = nowMs()
  }

  function plan(delayMs: number): void {
    if (isClosed || nowMs() + delayMs >= dueMs) return
    clearTimeout(timer)
    dueMs = nowMs() + delayMs
    timer = setTimeout(run, delayMs).unref()
  }

  function run(): void {
    dueMs = Infinity
    if (running !== undefined) {
      isWoken = true
      return
    }
    running = tickAndPlan()
  }

  async function tickAndPlan(): Promise<void> {
    let isNeededAgain = true
    try {
      await tick()
      isNeededAgain = isWritten
    } catch {
      // The disk may be full. What is held stays held until it expires, and nobody may wait for a part for ever.
    }
    running = undefined
    if (isWoken) plan(0)
    else if (isNeededAgain) plan(everyMs)
    isWoken = false
  }

  return {
    wake(needsPart) {
      if (needsPart || !isWritten) plan(0)
    },
    async close() {
      isClosed = true
      clearTimeout(timer)
      await running
      giveUp(listLimits())
      await files.write(undefined).catch(() => undefined)
    },
  }
}

interface Chosen {
  readonly limit: SharedLimit
  readonly part: Amounts
  /** Whether the part is larger than what was held. */
  readonly grows: boolean
  readonly sharers: number
}

function nameWithin(place: string, limit: SharedLimit): SharedLimit {
  return { ...limit, name: `${place} ${limit.name}` }
}

function isActive({ waiting, used }: SharedLimit): boolean {
  return waiting > 0 || Object.values(used).some((amount) => amount > 0)
}

function giveUp(limits: readonly SharedLimit[]): void {
  for (const limit of limits) if (limit.held !== undefined) limit.share(undefined, 1)
}

/** Of tokens nobody knows how many the waiting requests will take, so they want all of them. */
function wantOf({ used, waiting }: SharedLimit, kind: keyof Amounts, whole: number): number {
  const amount = used[kind] ?? 0
  return Math.min(whole, kind === 'tokensPerMinute' && waiting > 0 ? whole : amount + waiting)
}

/** What of a larger part is left after another has taken more at the same time. */
function bound({ limit, part, grows }: Chosen, others: ReadonlyMap<string, GateNote>): Amounts {
  if (!grows) return part
  const bounded = mapAmounts(limit.limits, (kind, whole) => {
    const wanted = part[kind] ?? 0
    const byOthers = [...others.values()].reduce((sum, note) => sum + (note.claims[limit.name]?.[kind]?.held ?? 0), 0)
    return Math.min(wanted, Math.max(limit.held?.[kind] ?? 0, whole - byOthers, 0))
  })
  return sharedKinds.every((kind) => bounded[kind] === part[kind]) ? part : bounded
}

function smallest(a: Amounts, b: Amounts): Amounts {
  return mapAmounts(a, (kind, amount) => Math.min(amount, b[kind] ?? 0))
}

function noteView(title: string, view: GateHouse['views'][number]): GateNote['views'][number] {
  const { model, run, inside, waiting, wait, places, perSecond } = view
  return {
    title,
    model,
    run,
    inside,
    waiting,
    why: wait.why,
    until_ms: wait.atMs === Infinity ? null : wait.atMs,
    places: places === Infinity ? null : Math.floor(places),
    per_second: perSecond === Infinity ? null : perSecond,
  }
}
