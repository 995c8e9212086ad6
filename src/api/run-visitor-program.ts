import { SandboxBusy, type SandboxOnDemand } from '../adapters/sandbox/create-sandbox-on-demand.ts'
import { SandboxFault, SandboxUnavailable } from '../adapters/sandbox/sandbox.ts'
import { verifyProgram } from '../adapters/sandbox/verify-program.ts'
import { entryPoints } from '../domain/runs/entry-points.ts'
import { judgeProgram, type Verdict } from '../domain/runs/verdict.ts'
import { isPair, type PosedTask } from '../domain/tasks/task.ts'
import { describeProgram } from './describe-program.ts'
import type { PairResult, ProgramRunDocument } from './documents.ts'
import { Problem } from './problem.ts'

/**
 * Runs a visitor's program on a task's pairs, with the sandbox, the limits and the judgement of a run's programs.
 *
 * A test input whose output was never published gets no verdict, but its output is shown.
 *
 * @throws {Problem} where programs cannot be run here, or not now
 * @throws signal.reason when aborted; the program is killed at once
 */
export async function runVisitorProgram(
  sandboxes: SandboxOnDemand,
  code: string,
  task: PosedTask,
  signal: AbortSignal,
): Promise<ProgramRunDocument> {
  // No program can return an empty grid, so none is right where nothing is known.
  const pairs = { train: task.train, test: task.test.map(({ input, output }) => ({ input, output: output ?? [] })) }
  try {
    return await sandboxes.use(async (sandbox) => {
      const verdict = await verifyProgram(sandbox, { code, entryPoints }, pairs, signal)
      const { ran, results } = describeProgram(verdict, task.train.length)
      const judged = results.map((result) => withoutGuess(result, task))
      return {
        ran: { ...ran, verdict: judgeProgram(judged.flatMap(listVerdict)) },
        results: judged,
        sandbox: { ...sandbox.facts },
      }
    })
  } catch (error) {
    if (signal.aborted) throw signal.reason
    throw explain(error)
  }
}

function withoutGuess(result: PairResult, { test }: PosedTask): PairResult {
  const pair = result.part === 'test' ? test[result.index] : undefined
  return pair && !isPair(pair) && result.verdict === 'wrong' ? { ...result, verdict: 'unjudged' } : result
}

function listVerdict({ verdict }: PairResult): Verdict[] {
  return verdict === 'unjudged' || verdict === 'no-grid' ? [] : [verdict]
}

function explain(error: unknown): unknown {
  if (error instanceof SandboxUnavailable)
    return new Problem(503, 'no-sandbox', `Programs cannot be run here. ${error.message} This fixes it: ${error.mend}`)
  if (error instanceof SandboxBusy)
    return new Problem(503, 'busy', `${error.message}; no more can be taken on. Try again in a minute.`)
  if (error instanceof SandboxFault)
    return new Problem(503, 'sandbox-broke', `The program was not run to its end: ${error.message}. Try again.`)
  return error
}
