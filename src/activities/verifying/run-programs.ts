import { ApplicationFailure, Context } from '@temporalio/activity'
import type { ProgramRun, Sandbox } from '../../adapters/sandbox/sandbox.ts'
import { verifyProgram } from '../../adapters/sandbox/verify-program.ts'
import { count } from '../../domain/count.ts'
import { messageOf } from '../../domain/message-of.ts'
import { failureTypes } from '../../domain/runs/failure-types.ts'
import type { ProgramVerdict } from '../../domain/runs/record.ts'
import type { TaskPairs } from '../../domain/tasks/task.ts'

const heartbeatEveryMs = 4_000
/** If the sandbox breaks on a batch this often, on as many fresh slots, the batch is given up. */
const maxTries = 5

/**
 * Runs programs on a task's pairs from within an activity, each distinct one once, with heartbeats while they run.
 *
 * @param how names of the function to call, in order of preference, and the limits of a program
 * @returns verdicts by the program's source
 * @throws {ApplicationFailure} if the sandbox broke: retried, a few times
 * @throws the cancellation's reason, after killing the running programs
 */
export async function runPrograms(
  sandbox: Sandbox,
  programs: readonly string[],
  task: TaskPairs,
  how: Pick<ProgramRun, 'entryPoints' | 'limits'>,
): Promise<ReadonlyMap<string, ProgramVerdict>> {
  const { heartbeat, cancellationSignal, info } = Context.current()
  const distinct = [...new Set(programs)]
  const beat = setInterval(() => heartbeat(count(distinct.length, 'program')), heartbeatEveryMs)
  try {
    const verdicts = distinct.map(async (program) => {
      const verdict = await verifyProgram(sandbox, { code: program, ...how }, task, cancellationSignal)
      return [program, verdict] as const
    })
    return new Map(await Promise.all(verdicts))
  } catch (error) {
    if (cancellationSignal.aborted) throw cancellationSignal.reason
    const message = `The sandbox broke: ${messageOf(error)}`
    const last = info.attempt >= maxTries
    throw ApplicationFailure.create({
      message,
      type: last ? failureTypes.gaveUp : failureTypes.tryAgain,
      nonRetryable: last,
    })
  } finally {
    clearInterval(beat)
  }
}
