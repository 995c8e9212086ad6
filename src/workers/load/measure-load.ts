import { monitorEventLoopDelay, performance, type EventLoopUtilization } from 'node:perf_hooks'
import type { WorkerLoad } from '../../domain/load/worker-load.ts'
import type { Metrics } from './create-metrics.ts'
import { createStageClock, quantile, type StageClock, type StageTimes } from './stage-clock.ts'

/** What everything in a worker passes through. */
export interface Stages {
  readonly gate: StageClock
  readonly provider: StageClock
  readonly program: StageClock
  readonly write: StageClock
  /** Activities on the server, by queue. */
  readonly start: Readonly<Record<'runs' | 'models' | 'sandbox', StageClock>>
}

export interface LoadMeter {
  readonly stages: Stages
  /** To be called at a steady pace. @returns what happened during the last five times */
  take(): WorkerLoad
  close(): void
}

/** @param places number of programs that may run at once */
export function createLoadMeter(metrics: Metrics, places: number): LoadMeter {
  const clock = () => createStageClock(() => performance.now())
  const stages: Stages = {
    gate: clock(),
    provider: clock(),
    program: clock(),
    write: clock(),
    start: { runs: clock(), models: clock(), sandbox: clock() },
  }
  const delay = monitorEventLoopDelay({ resolution: timerMs })
  delay.enable()
  let before: EventLoopUtilization = performance.eventLoopUtilization()
  let intervals: readonly Interval[] = []
  return {
    stages,
    take() {
      const now = performance.eventLoopUtilization()
      const interval: Interval = {
        gate: stages.gate.take(),
        provider: stages.provider.take(),
        program: stages.program.take(),
        write: stages.write.take(),
        runs: stages.start.runs.take(),
        models: stages.start.models.take(),
        sandbox: stages.start.sandbox.take(),
        busy: performance.eventLoopUtilization(now, before).utilization,
        timerDelaySeconds: Math.max(0, delay.percentile(99) / 1e9 - timerMs / 1000),
      }
      before = now
      delay.reset()
      intervals = [...intervals, interval].slice(-keptIntervals)
      const load = summarize(intervals, places)
      showNow(metrics, stages, load)
      return load
    },
    close() {
      delay.disable()
    },
  }
}

type Interval = Readonly<
  Record<'gate' | 'provider' | 'program' | 'write' | 'runs' | 'models' | 'sandbox', StageTimes> &
    Record<'busy' | 'timerDelaySeconds', number>
>

/** Long enough that a moment's hitch does not name the bottleneck. */
const keptIntervals = 5

const timerMs = 20

function summarize(intervals: readonly Interval[], places: number): WorkerLoad {
  const mean = (pick: (interval: Interval) => number) =>
    intervals.reduce((sum, interval) => sum + pick(interval), 0) / intervals.length
  const slowest = (pick: (interval: Interval) => StageTimes, share: number) =>
    quantile(
      intervals.flatMap((interval) => pick(interval).seconds),
      share,
    )
  return {
    waitingAtGate: mean(({ gate }) => gate.average),
    inFlight: mean(({ provider }) => provider.average),
    answerSeconds: slowest(({ provider }) => provider, 0.5),
    programs: { running: mean(({ program }) => Math.min(program.average, places)), places },
    writeSeconds: slowest(({ write }) => write, 0.95),
    startSeconds: {
      runs: slowest(({ runs }) => runs, 0.95),
      models: slowest(({ models }) => models, 0.95),
      sandbox: slowest(({ sandbox }) => sandbox, 0.95),
    },
    busy: mean(({ busy }) => busy),
    timerDelaySeconds: mean(({ timerDelaySeconds }) => timerDelaySeconds),
  }
}

function showNow(metrics: Metrics, stages: Stages, load: WorkerLoad): void {
  metrics.waiting.set(stages.gate.inside)
  metrics.inFlight.set(stages.provider.inside)
  metrics.running.set(Math.min(stages.program.inside, load.programs.places))
  metrics.places.set(load.programs.places)
  metrics.busy.set(load.busy)
  metrics.timerDelay.set(load.timerDelaySeconds)
  metrics.memory.set(process.memoryUsage.rss())
}
