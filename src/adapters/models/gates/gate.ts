import type { ModelFailure } from '../../../domain/models/model-failure.ts'
import type { ModelLimits, TokenUsage } from '../../../domain/models/model-spec.ts'
import { noSize, sizeOfUsage, type RateLimit, type RequestSize } from '../../../domain/models/rate-limit.ts'
import type { GateState } from './gate-rules.ts'
import { longestWait, type GateWait } from './gate-wait.ts'
import { createMeter, type Meter } from './meter.ts'
import { createPart, type Part } from './part.ts'
import type { Amounts } from './share-rules.ts'

/** A request that may be sent. */
export interface Entry {
  /** Which of a model's several addresses it must be sent to; absent if there is one. */
  readonly baseUrl?: string
  /** Frees the place inside. Calling it again has no effect. */
  leave(): void
  /** Call one of these before leaving. @param limits what the provider said about its limits */
  noteFailure(failure: ModelFailure, limits?: readonly RateLimit[]): void
  noteSuccess(usage?: TokenUsage, limits?: readonly RateLimit[]): void
}

/** A request that is to be sent. */
export interface GateRequest {
  /** Runs take turns. */
  readonly run?: string
  /** By estimate. */
  readonly size?: RequestSize
}

/** Every request of a worker to one model passes its gate: one at a time, runs in turns, the requests of a run in order. */
export interface Gate {
  /**
   * Resolves when a request may be sent.
   *
   * @throws the signal's reason when it is aborted first; its place in the queue is free at once.
   */
  enter(signal: AbortSignal, request?: GateRequest): Promise<Entry>
  /** How many requests of a run may be inside at once; null for no limit but the model's. */
  limitRun(run: string, places: number | null): void
  /** How many requests are waiting. */
  readonly waiting: number
  readonly state: GateState & { readonly inside: number }
}

/** The requests of one run to one model, for people. */
export interface GateView {
  readonly model: string
  readonly run: string
  readonly inside: number
  readonly waiting: number
  /** What the next one waits for; `atMs` is `Infinity` until another one leaves. */
  readonly wait: GateWait
  /** Requests that may be inside at once, by the narrowest limit; `Infinity` without one. */
  readonly places: number
  /** Requests a second that were found to be accepted; `Infinity` if none was refused. */
  readonly perSecond: number
}

/** A limit that workers share, with this worker's use of it. */
export interface SharedLimit extends Pick<Part, 'limits' | 'held' | 'share'> {
  readonly name: string
  readonly used: Amounts
  readonly waiting: number
  /** Until when the provider asked to wait; 0 if it did not. */
  readonly pausedUntilMs: number
  pause(untilMs: number): void
}

/** The gates of all models behind one key. */
export interface GateHouse {
  /** Applies these limits to all models together, from now on. */
  limit(limits: ModelLimits): void
  /** The gate of a model; its limits apply from now on. */
  open(model: string, limits: ModelLimits): Gate
  readonly views: readonly GateView[]
  readonly sharedLimits: readonly SharedLimit[]
}

export interface GateHouseOptions {
  readonly nowMs?: () => number
  /** Runs something later; returns a function that cancels it. */
  readonly schedule?: (run: () => void, delayMs: number) => () => void
  /** Whether limits are shared with other workers: then nothing enters under one before `share` was called. */
  readonly isShared?: boolean
  /** Called when requests have come, entered or left. @param needsPart whether one waits for a part of a shared limit */
  readonly onChange?: (needsPart: boolean) => void
}

interface Waiting {
  readonly size: RequestSize
  readonly turn: (entry: Entry) => void
}

interface Lane {
  readonly model: string
  readonly meter: Meter
  readonly gate: Gate
}

/** The requests of one run to one model. */
interface Line {
  readonly run: string
  readonly lane: Lane
  readonly queue: Waiting[]
  readonly places: ReturnType<typeof createPart>
  inside: number
}

/*
 * A request enters when its run, its model and the key allow it: each has its own limits, and the last two are slowed by what the
 * provider says about them. All are checked together, so no request holds a place at one while waiting for another.
 *
 * A rate limit slows the model that hit it. All models are slowed only if the provider says that its limit is on the key. Runs
 * take turns: one with a long queue does not keep the others from what the model or the key allows. A model that is down is probed
 * by one request at a time (`outage-rules.ts`).
 */
export function createGateHouse(options: GateHouseOptions = {}): GateHouse {
  const { nowMs = Date.now, schedule = scheduleByTimer, isShared = false, onChange = () => {} } = options
  const keyMeter = createMeter(nowMs, isShared)
  const lanes = new Map<string, Lane>()
  /** In the order of their turns. */
  const lines = new Map<string, Line>()
  let callOff = () => {}

  function findWait({ lane, places, inside }: Line, size: RequestSize): GateWait {
    return longestWait([places.findWait(inside), lane.meter.findWait(size), keyMeter.findWait(size)])
  }

  function admit(): void {
    callOff()
    callOff = () => {}
    while (admitOne());
    const waits = [...lines.values()].flatMap((line) => {
      const [next] = line.queue
      return next === undefined ? [] : [findWait(line, next.size)]
    })
    const nextMs = Math.min(...waits.map(({ atMs }) => atMs))
    if (nextMs !== Infinity) callOff = schedule(admit, nextMs - nowMs())
    onChange(waits.some(({ why }) => why === 'lease'))
  }

  function admitOne(): boolean {
    for (const [name, line] of lines) {
      const [next] = line.queue
      if (next === undefined || findWait(line, next.size).atMs > nowMs()) continue
      line.queue.shift()
      lines.delete(name)
      lines.set(name, line)
      next.turn(enterLine(line, next.size))
      return true
    }
    return false
  }

  function enterLine(line: Line, size: RequestSize): Entry {
    const { meter } = line.lane
    const [ofKey, ofModel] = [keyMeter.enter(size), meter.enter(size)]
    line.inside += 1
    let isInside = true
    return {
      leave() {
        if (!isInside) return
        isInside = false
        line.inside -= 1
        ofKey.leave()
        ofModel.leave()
        forgetWhenEmpty(line)
        admit()
      },
      noteFailure(failure, limits = []) {
        const isOfKey = failure.kind === 'try-again' && failure.wholeKey === true
        ofModel.read(limits)
        ;(isOfKey ? ofKey : ofModel).noteFailure(failure)
        admit()
      },
      noteSuccess(usage, limits = []) {
        if (usage !== undefined) {
          ofKey.correct(sizeOfUsage(usage, size))
          ofModel.correct(sizeOfUsage(usage, size))
        }
        ofModel.read(limits)
        ofKey.noteSuccess()
        ofModel.noteSuccess()
        admit()
      },
    }
  }

  function openLine(lane: Lane, run: string): Line {
    const name = nameLine(lane, run)
    const line = lines.get(name) ?? { run, lane, queue: [], places: createPart(isShared), inside: 0 }
    lines.set(name, line)
    return line
  }

  /** A run with a limit keeps its line: the limit is set once. */
  function forgetWhenEmpty(line: Line): void {
    if (line.inside > 0 || line.queue.length > 0 || line.places.limits.concurrentRequests !== undefined) return
    lines.delete(nameLine(line.lane, line.run))
  }

  function createLane(model: string): Lane {
    const meter = createMeter(nowMs, isShared)
    const linesOf = () => [...lines.values()].filter(({ lane }) => lane.meter === meter)
    const gate: Gate = {
      enter: (signal, { run = '', size = noSize } = {}) =>
        new Promise((resolve, reject) => {
          if (signal.aborted) return reject(signal.reason as Error) // whatever the reason is, it is the caller's own
          const line = openLine(lane, run)
          const waiting = {
            size,
            turn(entry: Entry) {
              signal.removeEventListener('abort', giveUp)
              resolve(entry)
            },
          }
          const giveUp = () => {
            line.queue.splice(line.queue.indexOf(waiting), 1)
            forgetWhenEmpty(line)
            admit()
            reject(signal.reason as Error)
          }
          signal.addEventListener('abort', giveUp, { once: true })
          line.queue.push(waiting)
          admit()
        }),
      limitRun(run, places) {
        const line = places === null ? lines.get(nameLine(lane, run)) : openLine(lane, run)
        if (line === undefined || line.places.limits.concurrentRequests === (places ?? undefined)) return
        line.places.setPlaces(places)
        forgetWhenEmpty(line)
        admit()
      },
      get waiting() {
        return linesOf().reduce((sum, { queue }) => sum + queue.length, 0)
      },
      get state() {
        return meter.state
      },
    }
    const lane: Lane = { model, meter, gate }
    return lane
  }

  function viewLine(line: Line): GateView {
    const { run, lane, queue, inside, places } = line
    return {
      model: lane.model,
      run,
      inside,
      waiting: queue.length,
      wait: findWait(line, queue[0]?.size ?? noSize),
      places: Math.min(
        places.allows.concurrentRequests ?? Infinity,
        ...[lane.meter, keyMeter].map(({ state, allows }) =>
          Math.min(state.allowed, allows.concurrentRequests ?? Infinity),
        ),
      ),
      perSecond: Math.min(
        ...[lane.meter, keyMeter].map(({ state }) =>
          state.refusedPerSecond === Infinity ? Infinity : state.perSecond,
        ),
      ),
    }
  }

  function shareMeter(name: string, meter: Meter, countWaiting: () => number): SharedLimit {
    const { state, limits, held, used } = meter
    return {
      name,
      limits,
      held,
      used,
      waiting: countWaiting(),
      pausedUntilMs: state.pauseWasAsked ? state.pausedUntilMs : 0,
      share(part, sharers) {
        meter.share(part, sharers)
        admit()
      },
      pause(untilMs) {
        meter.pause(untilMs)
        admit()
      },
    }
  }

  function shareLine({ run, places, inside, queue }: Line): SharedLimit {
    return {
      name: `run ${run}`,
      limits: places.limits,
      held: places.held,
      used: { concurrentRequests: inside },
      waiting: queue.length,
      pausedUntilMs: 0,
      share(part, sharers) {
        places.share(part, sharers)
        admit()
      },
      pause: () => {},
    }
  }

  return {
    limit(limits) {
      keyMeter.limit(limits)
    },
    open(model, limits) {
      const lane = lanes.get(model) ?? createLane(model)
      lanes.set(model, lane)
      lane.meter.limit(limits)
      return lane.gate
    },
    get views() {
      return [...lines.values()].filter(({ queue, inside }) => queue.length + inside > 0).map(viewLine)
    },
    get sharedLimits() {
      const all = [...lanes.values()]
      return [
        shareMeter('key', keyMeter, () => all.reduce((sum, { gate }) => sum + gate.waiting, 0)),
        ...all.map(({ model, meter, gate }) => shareMeter(`model ${model}`, meter, () => gate.waiting)),
        ...[...lines.values()].map(shareLine),
      ]
    },
  }
}

function nameLine({ model }: Lane, run: string): string {
  return `${model}\0${run}`
}

function scheduleByTimer(run: () => void, delayMs: number): () => void {
  const timer = setTimeout(run, delayMs)
  return () => clearTimeout(timer)
}
