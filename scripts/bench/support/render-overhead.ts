import { renderTable } from '../../../src/cli/terminal/render-table.ts'
import type { PartMeasurement } from './measure-parts.ts'
import type { CpuByProcess, PathMeasurement } from './measure-path.ts'
import { median } from './quantile.ts'

const processes = [
  'server',
  'worker',
  'sandbox',
  'client',
  'supervisor',
  'baseline',
] as const satisfies (keyof CpuByProcess)[]

export interface PathSummary {
  readonly bestOf: number
  readonly rounds: number
  readonly wallMsPerSample: number
  readonly flowMsPerSample: number
  readonly cpuMsPerSample: number
  readonly cpuMsPerSampleBy: CpuByProcess
  readonly bareWallMsPerSample: number
  readonly bareCpuMsPerSample: number
  readonly wallRatio: number
  readonly cpuRatio: number
  readonly maxInFlight: number
  readonly workerPeakBytes: number
  readonly serverPeakBytes: number
  readonly othersShare: number
}

export interface PartSummary {
  readonly variant: string
  readonly rounds: number
  readonly wallMsPerSample: number
  readonly cpuMsPerSample: number
}

/** The median of each number over the rounds. */
export function summarizePath(rounds: readonly PathMeasurement[]): PathSummary {
  const middle = (read: (round: PathMeasurement) => number) => median(rounds.map(read))
  const sumCpu = ({ cpuMs }: PathMeasurement) => processes.reduce((sum, name) => sum + cpuMs[name], 0)
  const by = Object.fromEntries(
    processes.map((name) => [name, middle((round) => round.cpuMs[name] / round.samples)]),
  ) as Record<keyof CpuByProcess, number> // all of its names
  return {
    bestOf: rounds[0]?.bestOf ?? 0,
    rounds: rounds.length,
    wallMsPerSample: middle(({ wallMs, samples }) => wallMs / samples),
    flowMsPerSample: middle(({ flowMs, samples }) => flowMs / samples),
    cpuMsPerSample: middle((round) => sumCpu(round) / round.samples),
    cpuMsPerSampleBy: by,
    bareWallMsPerSample: middle(({ bare, samples }) => bare.wallMs / samples),
    bareCpuMsPerSample: middle(({ bare, samples }) => bare.cpuMs / samples),
    wallRatio: middle(({ wallMs, bare }) => wallMs / bare.wallMs),
    cpuRatio: middle((round) => sumCpu(round) / round.bare.cpuMs),
    maxInFlight: middle(({ maxInFlight }) => maxInFlight),
    workerPeakBytes: Math.max(...rounds.map(({ workerPeakBytes }) => workerPeakBytes)),
    serverPeakBytes: Math.max(...rounds.map(({ serverPeakBytes }) => serverPeakBytes)),
    othersShare: middle(({ othersShare }) => othersShare),
  }
}

export function summarizePart(rounds: readonly PartMeasurement[]): PartSummary {
  return {
    variant: rounds[0]?.variant ?? '',
    rounds: rounds.length,
    wallMsPerSample: median(rounds.map(({ wallMs, samples }) => wallMs / samples)),
    cpuMsPerSample: median(rounds.map(({ cpuMs, samples }) => cpuMs / samples)),
  }
}

/** One column per configuration. */
export function renderPaths(paths: readonly PathSummary[]): string {
  const row = (name: string, read: (path: PathSummary) => string) => [name, ...paths.map(read)]
  const megabytes = (bytes: number) => `${(bytes / 1024 ** 2).toFixed(0)} MB`
  return renderTable(
    row('ms per sample', ({ bestOf }) => `best of ${bestOf}`),
    [
      row('wall, whole command', (path) => ms(path.wallMsPerSample)),
      row('wall, first request to last reply', (path) => ms(path.flowMsPerSample)),
      row('wall, bare loop', (path) => ms(path.bareWallMsPerSample)),
      row('  ratio', (path) => path.wallRatio.toFixed(1)),
      row('CPU, all processes', (path) => ms(path.cpuMsPerSample)),
      ...processes.map((name) => row(`  ${name}`, (path) => ms(path.cpuMsPerSampleBy[name]))),
      row('CPU, bare loop', (path) => ms(path.bareCpuMsPerSample)),
      row('  ratio', (path) => path.cpuRatio.toFixed(1)),
      row('max requests in flight', ({ maxInFlight }) => String(maxInFlight)),
      row('peak memory, worker', ({ workerPeakBytes }) => megabytes(workerPeakBytes)),
      row('peak memory, server', ({ serverPeakBytes }) => megabytes(serverPeakBytes)),
      row('used by other programs', ({ othersShare }) => `${(100 * othersShare).toFixed(0)} %`),
      row('rounds', ({ rounds }) => String(rounds)),
    ],
  )
}

/** @param parts the first is the complete run */
export function renderParts(parts: readonly PartSummary[]): string {
  const [all] = parts
  const saved = (full: number | undefined, less: number) => (full === undefined ? '' : ms(full - less))
  return renderTable(
    ['ms per sample', 'wall', 'CPU', 'saves wall', 'saves CPU', 'rounds'],
    parts.map(({ variant, wallMsPerSample, cpuMsPerSample, rounds }) => [
      variant,
      ms(wallMsPerSample),
      ms(cpuMsPerSample),
      saved(all?.wallMsPerSample, wallMsPerSample),
      saved(all?.cpuMsPerSample, cpuMsPerSample),
      String(rounds),
    ]),
  )
}

function ms(value: number): string {
  return value.toFixed(2)
}
