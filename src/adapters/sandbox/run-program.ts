import type { Grid } from '../../domain/grid.ts'
import type { ForkLimits, Frame } from './frames.ts'
import { parseReply, printedBytes } from './parse-reply.ts'
import type { GridResult, ProgramReport, ProgramRun } from './sandbox.ts'
import { usualWallMs, type SandboxLimits } from './sandbox-limits.ts'
import { cleanText } from './clean-text.ts'

/** What came of one fork: how it ended, or that the sandbox broke under it, and did so again on a second try. */
export type ForkReply = Frame | { readonly end: 'broke'; readonly message: string }

/** Runs the program on some of its inputs in one fork. */
export type Fork = (inputs: readonly Grid[], limits: ForkLimits) => Promise<ForkReply>

/*
 * From forks to verdicts.
 *
 * A fork answers its inputs in order and then ends. Where it ends early, the first input without an answer is the one it
 * was working on, and that input gets the verdict; every later one then runs in a fork of its own, as each does from the
 * beginning when nothing may be carried from one to the next.
 *
 * A time-out needs more care. A fork that serves several inputs has the time of one, so that an endless loop is noticed
 * as soon as it would be alone. Then time may run out at an input that is not to blame, because earlier ones used some of
 * it: only at the first input of a fork is a time-out a verdict; at a later one that input runs again, alone. So what an
 * input gets never depends on its neighbours, but for one thing: the program has a time for all inputs together, and when
 * that is spent the rest is not run.
 */

export async function runProgram(program: ProgramRun, limits: SandboxLimits, fork: Fork): Promise<ProgramReport> {
  const { inputs } = program
  const results = Array.from<GridResult | undefined>({ length: inputs.length })
  const spent = { cpuMs: 0, wallMs: 0, maxRssBytes: 0 }
  let printed = ''
  let broken = false

  const cpuLeftMs = () => limits.programCpuMs - spent.cpuMs
  // A program that sleeps uses no CPU time, but occupies the slot.
  const isSpent = () => broken || cpuLeftMs() <= 0 || spent.wallMs >= usualWallMs(limits.programCpuMs)

  const runFork = async (from: number, to: number) => {
    const cpuMs = Math.min(limits.cpuMsPerGrid, cpuLeftMs())
    const given = { cpuMs, wallMs: usualWallMs(cpuMs), memoryBytes: limits.memoryBytes }
    const reply = await fork(inputs.slice(from, to), given)
    if (reply.end === 'broke') {
      broken = true
      results[from] = { status: 'crash', message: reply.message }
      return
    }
    spent.cpuMs += reply.cpuMs
    spent.wallMs += reply.wallMs
    spent.maxRssBytes = Math.max(spent.maxRssBytes, reply.maxRssBytes)
    const parsed = parseReply(reply.body, to - from)
    printed += parsed.printed
    parsed.answers.forEach((answer, index) => (results[from + index] = answer))
    const unanswered = parsed.answers.indexOf(undefined)
    if (unanswered === -1 || (unanswered > 0 && isTimeout(reply))) return
    results[from + unanswered] = judgeEnd(reply, given)
  }

  if (program.forks === 'program' && inputs.length > 1) await runFork(0, inputs.length)
  for (const index of inputs.keys()) if (!results[index] && !isSpent()) await runFork(index, index + 1)
  return {
    results: results.map((result) => result ?? notRun),
    printed: cleanText(printed, printedBytes),
    ...spent,
  }
}

const notRun: GridResult = { status: 'not-run', message: 'The program had used up its time on the grids before.' }

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

/** What the end of a fork says about the input it was working on. */
function judgeEnd({ end, code }: Frame, limits: ForkLimits): GridResult {
  switch (end) {
    case 'out-of-cpu':
      return { status: 'cpu-timeout', message: `It used more than ${Math.round(limits.cpuMs)} ms of CPU time.` }
    case 'out-of-wall':
      return { status: 'wall-timeout', message: `It slept past ${Math.round(limits.wallMs)} ms.` }
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
