import { describe, expect, test } from '@jest/globals'
import type { Grid } from '../../domain/grids/grid.ts'
import { runProgram, type ForkReply } from './run-program.ts'
import type { ProgramRun } from './sandbox.ts'

const limits = { cpuMsPerGrid: 2_000, programCpuMs: 5_000, memoryBytes: 1 }

type Act = 'answer' | 'loop' | 'sleep' | 'crash' | 'break' | 'starve' | number

/** Runs a program that does the given act on each input: a number is the CPU time in ms it takes to answer. */
async function run(acts: readonly Act[], forks: ProgramRun['forks'] = 'program') {
  const forked: { symbols: readonly number[]; cpuMs: number }[] = []
  const inputs = acts.map((_, index): Grid => [[index]])
  const program = { code: '', entryPoints: [], inputs, forks }
  const report = await runProgram(program, limits, async (grids, { cpuMs, wallMs }) => {
    const symbols = grids.map((grid) => grid[0]?.[0] ?? 0)
    forked.push({ symbols, cpuMs })
    return act(symbols, acts, { cpuMs, wallMs })
  })
  return { statuses: report.results.map(({ status }) => status), forked, report }
}

function act(symbols: readonly number[], acts: readonly Act[], given: { cpuMs: number; wallMs: number }): ForkReply {
  const lines: string[] = []
  const reply = { id: 1, code: 0, wallMs: 10, cpuMs: 10, sleeps: 0, preemptions: 0, maxRssBytes: 1 }
  const end = (last: Partial<ForkReply>) => ({ ...reply, ...last, body: Buffer.from(lines.join('\n')) }) as ForkReply
  let cpuMs = 0
  for (const [index, symbol] of symbols.entries()) {
    const what = acts[symbol]
    if (what === 'break') return { end: 'broke', message: 'twice' }
    if (what === 'crash') return end({ end: 'signalled', code: 11 })
    if (what === 'starve') reply.wallMs = 1_000_000
    if (what === 'sleep') return end({ end: 'out-of-wall', wallMs: given.wallMs })
    cpuMs += what === 'loop' ? Infinity : typeof what === 'number' ? what : 0
    if (cpuMs > given.cpuMs) return end({ end: 'out-of-cpu', cpuMs: given.cpuMs })
    lines.push(JSON.stringify({ index, rows: [String(symbol)] }))
  }
  lines.push(JSON.stringify({ printed: `${symbols.join()} ` }))
  return end({ end: 'exited', cpuMs: cpuMs || 10 })
}

describe('runProgram', () => {
  test('needs one fork for a program that answers', async () => {
    const { statuses, forked } = await run(['answer', 'answer', 'answer'])
    expect(statuses).toEqual(['ok', 'ok', 'ok'])
    expect(forked).toEqual([{ symbols: [0, 1, 2], cpuMs: 2_000 }])
  })

  test('needs one fork per grid when asked to', async () => {
    const { forked, report } = await run(['answer', 'answer'], 'grid')
    expect(forked.map(({ symbols }) => symbols)).toEqual([[0], [1]])
    expect(report).toMatchObject({ printed: '0 1 ', cpuMs: 20, wallMs: 20, maxRssBytes: 1 })
  })

  test('runs the inputs after a crash in forks of their own', async () => {
    const { statuses, forked } = await run(['answer', 'crash', 'answer', 'answer'])
    expect(statuses).toEqual(['ok', 'crash', 'ok', 'ok'])
    expect(forked.map(({ symbols }) => symbols)).toEqual([[0, 1, 2, 3], [2], [3]])
  })

  test('believes a timeout at the first input of a fork', async () => {
    const { statuses, forked } = await run(['loop', 'answer'])
    expect(statuses).toEqual(['cpu-timeout', 'ok'])
    expect(forked.map(({ symbols }) => symbols)).toEqual([[0, 1], [1]])
  })

  test.each([
    ['loop', 'cpu-timeout'],
    ['sleep', 'wall-timeout'],
  ] as const)('runs the input again alone before it believes a %s at a later one', async (act, status) => {
    const { statuses, forked } = await run(['answer', act])
    expect(statuses).toEqual(['ok', status])
    expect(forked.map(({ symbols }) => symbols)).toEqual([[0, 1], [1]])
  })

  test('does not charge an input for the time of the others', async () => {
    const { statuses } = await run([1_500, 1_500])
    expect(statuses).toEqual(['ok', 'ok'])
  })

  test('gives the last input the program’s remaining time, and those after it none', async () => {
    const { statuses, forked } = await run(['loop', 'loop', 'loop', 'loop'])
    expect(statuses).toEqual(['cpu-timeout', 'cpu-timeout', 'cpu-timeout', 'not-run'])
    expect(forked.map(({ cpuMs }) => cpuMs)).toEqual([2_000, 2_000, 1_000])
  })

  test('does not let a sleeping program keep the slot', async () => {
    const { statuses } = await run(['sleep', 'sleep', 'sleep', 'sleep'])
    expect(statuses).toEqual(['wall-timeout', 'wall-timeout', 'wall-timeout', 'not-run'])
  })

  test('does not charge an input twice that had to run again', async () => {
    const { statuses } = await run([1_200, 1_200, 1_200, 1_200])
    expect(statuses).toEqual(['ok', 'ok', 'ok', 'ok'])
  })

  test('runs everything, however long the machine takes', async () => {
    const { statuses } = await run(['starve', 'starve', 'starve', 'starve'], 'grid')
    expect(statuses).toEqual(['ok', 'ok', 'ok', 'ok'])
  })

  test.each<[string, readonly Act[], readonly (string | undefined)[]]>([
    ['CPU time', ['loop', 'loop', 'loop', 'loop'], ['grid', 'grid', 'program', 'program']],
    ['waiting', ['sleep', 'sleep', 'sleep', 'sleep'], ['wall', 'wall', 'wall', 'wall']],
    ['none', ['crash', 'answer'], [undefined, undefined]],
  ])('names the limit that was hit: %s', async (_, acts, limits) => {
    const names = { grid: 'cpu_seconds_per_grid', program: 'cpu_seconds_per_program', wall: 'wall_seconds_per_grid' }
    const { report } = await run(acts)
    const decided = report.results.map((result) => ('limit' in result ? result.limit : undefined))
    expect(decided).toEqual(limits.map((name) => name && names[name as keyof typeof names]))
  })

  test('gives up when the sandbox breaks again', async () => {
    const { statuses, forked } = await run(['answer', 'break', 'answer'], 'grid')
    expect(statuses).toEqual(['ok', 'crash', 'not-run'])
    expect(forked).toHaveLength(2)
  })
})
