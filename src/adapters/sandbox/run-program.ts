import type { Grid } from '../../domain/grids/grid.ts'
import { cleanText } from './clean-text.ts'
import type { ForkLimits, Frame } from './frames.ts'
import { parseReply, printedBytes, type ParsedReply } from './parse-reply.ts'
import { usualWallMs, type SandboxLimits } from './sandbox-limits.ts'
import type { GridResult, ProgramReport, ProgramRun } from './sandbox.ts'

/** The end of one fork, or that the sandbox broke under it twice. */
export type ForkReply = Frame | { readonly end: 'broke'; readonly message: string }

/** Runs the program on some of its inputs in one fork. */
export type Fork = (inputs: readonly Grid[], limits: ForkLimits) => Promise<ForkReply>

/*
 * From forks to verdicts.
 *
 * A fork answers its inputs in order and then ends. If it ends early, the first input without an answer is the one it was working
 * on, and that input gets the verdict; each later input then runs in a fork of its own, as all inputs do from the start if no
 * state may carry over between them.
 *
 * A time-out needs more care. A fork that serves several inputs has the time of one, so that an endless loop is noticed as soon
 * as it would be alone. Then time may run out at an input that is not to blame, because earlier ones used some of it: a time-out
 * is a verdict only at the first input of a fork; a later input runs again, alone, and the time it used before is not charged. So
 * an input's result never depends on its neighbours, with one exception: the program has a time limit for all inputs together,
 * and once that is spent the rest is not run.
 *
 * Only CPU time counts, and time that the program spent waiting without computing. Elapsed time shows only how busy the machine
 * was.
 */

export async function runProgram(program: ProgramRun, limits: SandboxLimits, fork: Fork): Promise<ProgramReport> {
  const { inputs } = program
  const { programCpuMs, cpuMsPerGrid, memoryBytes } = limits
  const wallMs = limits.wallMsPerGrid ?? usualWallMs(cpuMsPerGrid)
  const results = Array.from<GridResult | undefined>({ length: inputs.length })
  const usage = { cpuMs: 0, wallMs: 0, maxRssBytes: 0 }
  const charges = { cpuMs: 0, waitedMs: 0 }
  let call: ParsedReply['call']
  let printed = ''
  let isBroken = false

  const cpuLeftMs = () => programCpuMs - charges.cpuMs
  // A program that waits uses no CPU time, but occupies the slot.
  const isSpent = () => isBroken || cpuLeftMs() <= 0 || charges.waitedMs >= (wallMs * programCpuMs) / cpuMsPerGrid

  const runFork = async (from: number, to: number) => {
    const cpuMs = Math.min(cpuMsPerGrid, cpuLeftMs())
    const reply = await fork(inputs.slice(from, to), { cpuMs, wallMs, memoryBytes })
    if (reply.end === 'broke') {
      isBroken = true
      results[from] = { status: 'crash', message: reply.message }
      return
    }
    usage.cpuMs += reply.cpuMs
    usage.wallMs += reply.wallMs
    usage.maxRssBytes = Math.max(usage.maxRssBytes, reply.maxRssBytes)
    const parsed = parseReply(reply.body, to - from)
    call ??= parsed.call
    printed += parsed.printed
    parsed.answers.forEach((answer, index) => (results[from + index] = answer && nameLimit(answer)))
    const unanswered = parsed.answers.indexOf(undefined)
    if (unanswered > 0 && isTimeout(reply)) return
    charges.cpuMs += reply.cpuMs
    if (reply.end === 'out-of-wall') charges.waitedMs += wallMs
    if (unanswered >= 0) results[from + unanswered] = judgeEnd(reply, cpuMs, { ...limits, wallMsPerGrid: wallMs })
  }

  if (program.forks === 'program' && inputs.length > 1) await runFork(0, inputs.length)
  for (const index of inputs.keys()) if (!results[index] && !isSpent()) await runFork(index, index + 1)
  const notRun = explainNotRun(isBroken, cpuLeftMs() <= 0, limits)
  return {
    results: results.map((result) => result ?? notRun),
    called: call?.called ?? null,
    gridsAs: call?.gridsAs ?? program.gridsAs ?? 'list',
    printed: cleanText(printed, printedBytes),
    ...usage,
  }
}

function explainNotRun(isBroken: boolean, outOfCpu: boolean, limits: SandboxLimits): GridResult {
  if (isBroken) return { status: 'not-run', message: 'Not run, because the sandbox broke under the program before.' }
  return outOfCpu
    ? {
        status: 'not-run',
        message: `Not run: the grids before used up the ${showSeconds(limits.programCpuMs)} of CPU time that a program has.`,
        limit: 'cpu_seconds_per_program',
      }
    : {
        status: 'not-run',
        message: 'Not run: on the grids before, the program waited for too long and computed nothing.',
        limit: 'wall_seconds_per_grid',
      }
}

function nameLimit(answer: GridResult): GridResult {
  return answer.status === 'memory' ? { ...answer, limit: 'memory_bytes' } : answer
}

function showSeconds(ms: number): string {
  return `${Math.round(ms) / 1000} s`
}

function isTimeout({ end }: Frame): boolean {
  return end === 'out-of-cpu' || end === 'out-of-wall'
}

const signals = new Map([
  [4, 'an illegal instruction'],
  [6, 'an abort'],
  [7, 'a bus error'],
  [8, 'a division fault'],
  [11, 'a segmentation fault or stack overflow'],
])
const badSystemCall = 31

/** What the end of a fork says about the input it was working on. @param cpuMs its CPU allowance */
function judgeEnd({ end, code }: Frame, cpuMs: number, limits: Required<SandboxLimits>): GridResult {
  switch (end) {
    case 'out-of-cpu':
      return cpuMs < limits.cpuMsPerGrid
        ? {
            status: 'cpu-timeout',
            message: `It used more than the ${showSeconds(limits.programCpuMs)} of CPU time that a program has for all grids.`,
            limit: 'cpu_seconds_per_program',
          }
        : {
            status: 'cpu-timeout',
            message: `It used more than the ${showSeconds(cpuMs)} of CPU time that a program has for one grid.`,
            limit: 'cpu_seconds_per_grid',
          }
    case 'out-of-wall':
      return {
        status: 'wall-timeout',
        message: `It waited for more than ${showSeconds(limits.wallMsPerGrid)} and computed nothing.`,
        limit: 'wall_seconds_per_grid',
      }
    case 'flooded':
      return { status: 'output-flood', message: 'It wrote more than 256 KB where its answer belongs.' }
    case 'signalled':
      return code === badSystemCall
        ? { status: 'forbidden', message: 'It made a system call that no honest program makes.' }
        : { status: 'crash', message: `It died of ${signals.get(code) ?? 'a signal'} (signal ${code}).` }
    default:
      return { status: 'no-answer', message: `It ended before it answered (exit code ${code}).` }
  }
}
