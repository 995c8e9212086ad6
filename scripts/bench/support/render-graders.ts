import { renderTable } from '../../../src/cli/terminal/render-table.ts'
import type { Turn } from './measure-graders.ts'
import { median, quantile } from './quantile.ts'
import { forkGrader, freshPerGrid } from './sandbox-contenders.ts'

export interface GraderMeasurement {
  readonly name: string
  readonly slots: number
  readonly peakBytes: number | undefined
  readonly repetitions: readonly (readonly Turn[])[]
}

export interface GraderSummary {
  readonly name: string
  readonly slots: number
  readonly programsPerSecond: number
  readonly cpuMsPerProgram: number
  readonly medianMs: number
  readonly p99Ms: number
  readonly timesFreshPerGrid: number
  readonly timesForkGrader: number
  readonly peakBytes: number | undefined
}

/** @param measured all contenders, with the same number of slots */
export function summarizeGraders(measured: readonly GraderMeasurement[]): GraderSummary[] {
  const ratesOf = (name: string) =>
    measured.find((grader) => grader.name === name)?.repetitions.map(programsPerSecond) ?? []
  return measured.map(({ name, slots, peakBytes, repetitions }) => {
    const rates = repetitions.map(programsPerSecond)
    const times = (opponent: readonly number[]) => median(rates.map((rate, index) => rate / (opponent[index] ?? NaN)))
    const programMs = repetitions.flat().flatMap((turn) => turn.programMs)
    return {
      name,
      slots,
      programsPerSecond: median(rates),
      cpuMsPerProgram: median(repetitions.map((turns) => sum(turns, 'cpuMs') / sum(turns, 'programs'))),
      medianMs: median(programMs),
      p99Ms: quantile(programMs, 0.99),
      timesFreshPerGrid: times(ratesOf(freshPerGrid.name)),
      timesForkGrader: times(ratesOf(forkGrader.name)),
      peakBytes,
    }
  })
}

function programsPerSecond(turns: readonly Turn[]): number {
  return (1000 * sum(turns, 'programs')) / sum(turns, 'wallMs')
}

function sum(turns: readonly Turn[], field: 'programs' | 'wallMs' | 'cpuMs'): number {
  return turns.reduce((total, turn) => total + turn[field], 0)
}

export function renderGraders(summaries: readonly GraderSummary[]): string {
  const headings = [
    'grader',
    'slots',
    'programs/s',
    'CPU ms',
    'p50 ms',
    'p99 ms',
    'x fresh per grid',
    'x fork grader',
    'peak memory',
  ]
  return renderTable(
    headings,
    summaries.map((grader) => [
      grader.name,
      String(grader.slots),
      grader.programsPerSecond.toFixed(1),
      grader.cpuMsPerProgram.toFixed(1),
      grader.medianMs.toFixed(1),
      grader.p99Ms.toFixed(1),
      grader.timesFreshPerGrid.toFixed(1),
      grader.timesForkGrader.toFixed(2),
      grader.peakBytes === undefined ? '-' : `${(grader.peakBytes / 1024 ** 2).toFixed(0)} MB`,
    ]),
  )
}
