import type { Entry, Gate, GateRequest } from '../gate.ts'
import { afterDeath, healthy, isOfDeadServer, type ServerHealth } from './server-health.ts'

export interface PoolServer {
  readonly baseUrl: string
  /** Its own limits, and what it said of them. */
  readonly gate: Gate
}

export interface PoolOptions {
  readonly servers: readonly PoolServer[]
  /** Limits how many requests of a run are inside at all servers together. */
  readonly whole: Gate
  readonly nowMs?: () => number
}

interface Member extends PoolServer {
  health: ServerHealth
  /** Requests sent to it from here, and those that wait for a place at it. */
  inside: number
  readonly waiting: Set<AbortController>
  /** A request to a server that was dead, which finds out whether it lives. */
  isProbed: boolean
}

const moved = Symbol('moved')

/*
 * One gate for several servers of one model. A request goes to the living server with the fewest requests from here, and passes
 * that server's own gate, since limits are per server.
 *
 * A server that refuses, resets or does not answer rests for a while, and what waits for it moves to the others. After its rest
 * one request is sent to it; if that is answered, it lives. While all of them rest, all are asked: their gates probe them
 * patiently, as those of any model that is down. A place that becomes free takes what waits elsewhere.
 */
export function createPoolGate({ servers, whole, nowMs = Date.now }: PoolOptions): Gate {
  const members = servers.map((server): Member => ({
    ...server,
    health: healthy,
    inside: 0,
    waiting: new Set(),
    isProbed: false,
  }))
  const limitedRuns = new Set<string>()
  const loadOf = ({ inside, waiting }: Member) => inside + waiting.size

  function isLiving({ health, isProbed }: Member): boolean {
    return health.failures === 0 || (!isProbed && nowMs() >= health.restsUntilMs)
  }

  /** Among equals the one that was not chosen for the longest time: it comes first. */
  function choose(): Member {
    const living = members.filter(isLiving)
    const open = living.filter(({ gate }) => gate.state.pausedUntilMs <= nowMs())
    const candidates = [open, living, members].find((some) => some.length > 0) ?? members
    const [first, ...others] = candidates
    if (first === undefined) throw new RangeError('a pool has at least one server')
    const chosen = others.reduce((least, member) => (loadOf(member) < loadOf(least) ? member : least), first)
    members.push(...members.splice(members.indexOf(chosen), 1))
    return chosen
  }

  async function enterServer(signal: AbortSignal, request: GateRequest | undefined): Promise<Entry> {
    for (;;) {
      const member = choose()
      const isProbe = member.health.failures > 0 && !member.isProbed
      if (isProbe) member.isProbed = true
      const endProbe = () => {
        if (isProbe) member.isProbed = false
      }
      const move = new AbortController()
      member.waiting.add(move)
      try {
        const entry = await member.gate.enter(AbortSignal.any([signal, move.signal]), request)
        member.inside += 1
        return followEntry(member, entry, endProbe)
      } catch (error) {
        endProbe()
        if (error !== moved) throw error
      } finally {
        member.waiting.delete(move)
      }
    }
  }

  function followEntry(member: Member, entry: Entry, endProbe: () => void): Entry {
    let isInside = true
    return {
      baseUrl: member.baseUrl,
      leave() {
        if (!isInside) return
        isInside = false
        member.inside -= 1
        endProbe()
        entry.leave()
        fill(member)
      },
      noteFailure(failure, limits) {
        entry.noteFailure(failure, limits)
        if (!isOfDeadServer(failure)) return
        member.health = afterDeath(member.health, nowMs())
        if (members.some(isLiving)) for (const waiting of member.waiting) waiting.abort(moved)
      },
      noteSuccess(usage, limits) {
        member.health = healthy
        entry.noteSuccess(usage, limits)
      },
    }
  }

  /** Gives a free place to the request that has waited longest where most are waiting. */
  function fill(member: Member): void {
    const hasRoom = member.waiting.size === 0 && member.inside < Math.floor(member.gate.state.allowed)
    if (!hasRoom || !isLiving(member)) return
    const longest = members.reduce((most, each) => (each.waiting.size > most.waiting.size ? each : most), member)
    const [first] = longest.waiting
    first?.abort(moved)
  }

  return {
    async enter(signal, request) {
      const isLimited = limitedRuns.has(request?.run ?? '')
      const place = isLimited
        ? await whole.enter(signal, request?.run === undefined ? {} : { run: request.run })
        : undefined
      try {
        const entry = await enterServer(signal, request)
        return {
          ...entry,
          leave() {
            entry.leave()
            place?.leave()
          },
        }
      } catch (error) {
        place?.leave()
        throw error
      }
    },
    limitRun(run, places) {
      if (places === null) limitedRuns.delete(run)
      else limitedRuns.add(run)
      whole.limitRun(run, places)
    },
    get waiting() {
      return members.reduce((sum, { waiting }) => sum + waiting.size, whole.waiting)
    },
    get state() {
      const states = members.map(({ gate }) => gate.state)
      const [first] = states
      if (first === undefined) throw new RangeError('a pool has at least one server')
      return {
        ...first,
        allowed: states.reduce((sum, { allowed }) => sum + allowed, 0),
        inside: states.reduce((sum, { inside }) => sum + inside, 0),
        pausedUntilMs: Math.min(...states.map(({ pausedUntilMs }) => pausedUntilMs)),
      }
    },
  }
}
