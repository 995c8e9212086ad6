import type { ModelFailure } from '../../domain/models/model-failure.ts'
import type { ModelLimits } from '../../domain/models/model-spec.ts'
import type { GateState } from './gate-rules.ts'
import { createMeter, type Meter } from './meter.ts'

/** Frees the place inside. Calling it again has no effect. */
export type Release = () => void

/** Every request of a worker to one model passes its gate, one at a time and in order. */
export interface Gate {
  /**
   * Resolves when a request may be sent.
   *
   * @throws the signal's reason when it is aborted first; its place in the queue is free at once.
   */
  enter(signal: AbortSignal): Promise<Release>
  /** Call it between entering and leaving. */
  noteFailure(failure: ModelFailure): void
  noteSuccess(): void
  /** How many requests are waiting. */
  readonly waiting: number
  /** For heartbeats and people. */
  readonly state: GateState & { readonly inside: number }
}

/** The gates of all models behind one key. */
export interface GateHouse {
  /** Applies these limits to all models together, from now on. */
  limit(limits: ModelLimits): void
  /** The gate of a model; its limits apply from now on. */
  open(model: string, limits: ModelLimits): Gate
}

export interface GateHouseOptions {
  readonly nowMs?: () => number
  /** Runs something later; returns a function that cancels it. */
  readonly schedule?: (run: () => void, delayMs: number) => () => void
}

interface Lane {
  readonly meter: Meter
  readonly queue: ((release: Release) => void)[]
  readonly gate: Gate
}

/*
 * A request enters when both its model and the key allow it: each has its own limits, and each is slowed by what the provider
 * says about it. Both are checked together, so no request holds a place at one while waiting for the other.
 *
 * A rate limit slows the model that hit it. All models are slowed only if the provider says that its limit is on the key. Models
 * take turns: a model with a long queue does not keep the others from what the key allows. A model that is down is probed by one
 * request at a time (`outage-rules.ts`).
 */
export function createGateHouse({ nowMs = Date.now, schedule = scheduleByTimer }: GateHouseOptions = {}): GateHouse {
  const keyMeter = createMeter(nowMs)
  /** In the order of their turns. */
  const lanes = new Map<string, Lane>()
  let callOff = () => {}

  function admit(): void {
    callOff()
    callOff = () => {}
    for (;;) {
      const sharedMs = keyMeter.findNextEntryMs()
      const waitingLanes = [...lanes].filter(([, lane]) => lane.queue.length > 0)
      const entries = waitingLanes.map(([model, lane]) => ({
        model,
        lane,
        atMs: Math.max(sharedMs, lane.meter.findNextEntryMs()),
      }))
      const ready = entries.find(({ atMs }) => atMs <= nowMs())
      if (ready === undefined) {
        const nextMs = Math.min(...entries.map(({ atMs }) => atMs))
        if (nextMs !== Infinity) callOff = schedule(admit, nextMs - nowMs())
        return
      }
      lanes.delete(ready.model)
      lanes.set(ready.model, ready.lane)
      const releases = [keyMeter.enter(), ready.lane.meter.enter()]
      ready.lane.queue.shift()?.(createRelease(releases))
    }
  }

  function createRelease(releases: readonly Release[]): Release {
    let isReleased = false
    return () => {
      if (isReleased) return
      isReleased = true
      for (const release of releases) release()
      admit()
    }
  }

  function createLane(): Lane {
    const meter = createMeter(nowMs)
    const queue: Lane['queue'] = []
    const gate: Gate = {
      enter: (signal) =>
        new Promise((resolve, reject) => {
          if (signal.aborted) return reject(signal.reason as Error) // whatever the reason is, it is the caller's own
          const turn = (release: Release) => {
            signal.removeEventListener('abort', giveUp)
            resolve(release)
          }
          const giveUp = () => {
            queue.splice(queue.indexOf(turn), 1)
            admit()
            reject(signal.reason as Error)
          }
          signal.addEventListener('abort', giveUp, { once: true })
          queue.push(turn)
          admit()
        }),
      noteFailure(failure) {
        const wholeKey = failure.kind === 'try-again' && failure.wholeKey
        ;(wholeKey ? keyMeter : meter).noteFailure(failure)
        admit()
      },
      noteSuccess() {
        keyMeter.noteSuccess()
        meter.noteSuccess()
        admit()
      },
      get waiting() {
        return queue.length
      },
      get state() {
        return meter.state
      },
    }
    return { meter, queue, gate }
  }

  return {
    limit(limits) {
      keyMeter.limit(limits)
    },
    open(model, limits) {
      const lane = lanes.get(model) ?? createLane()
      if (!lanes.has(model)) lanes.set(model, lane)
      lane.meter.limit(limits)
      return lane.gate
    },
  }
}

function scheduleByTimer(run: () => void, delayMs: number): () => void {
  const timer = setTimeout(run, delayMs)
  return () => clearTimeout(timer)
}
