import { ApplicationFailure, Context } from '@temporalio/activity'
import type { Sandbox } from '../adapters/sandbox/sandbox.ts'
import { extractStoredAnswer } from '../domain/extract-stored-answer.ts'
import { failureTypes } from '../domain/failure-types.ts'
import { mapConcurrently } from '../domain/map-concurrently.ts'
import type { ProgramVerdict } from '../domain/record.ts'
import { findRecipe } from '../domain/recipes/find-recipe.ts'
import type { RoundVerdicts } from '../adapters/stores/run-store.ts'
import type { TaskPairs } from '../domain/task.ts'
import type { Given } from './dependencies.ts'
import { verifyProgram } from './verify-program.ts'

export interface VerifyInput {
  readonly runId: string
  readonly item: string
  readonly round: number
  /** Keys of the answers whose programs are run. */
  readonly answers: readonly string[]
}

export interface VerifiedProgram {
  readonly answerKey: string
  readonly trainCorrect: boolean
}

const heartbeatEveryMs = 4_000
/** A batch that the sandbox could not run this often, on as many fresh slots, is not tried for ever. */
const mostAttempts = 5

/** Runs the programs of one item's answers, each distinct one once, and stores their verdicts. */
export function createVerify(given: Given) {
  return async function verify({ runId, item, round, answers }: VerifyInput): Promise<VerifiedProgram[]> {
    const { folder, run, readItem } = await given.readRun(runId)
    const stored = await folder.findVerdicts(item, round)
    if (stored && answers.every((key) => key in stored.programs)) return summarize(stored, answers)

    const recipe = findRecipe(run.specification.recipe)
    const programs = await mapConcurrently(answers, 8, async (key) => {
      const { program } = extractStoredAnswer(recipe, await folder.readAnswer(key), given.models.readReply)
      if (program === undefined) throw new TypeError(`answer ${key} of run ${runId} holds no program`)
      return { key, program }
    })
    const sandbox = await given.sandbox()
    const verdicts = {
      sandbox: { ...sandbox.facts },
      programs: await runDistinct(sandbox, programs, await readItem(item)),
    }
    await folder.putVerdicts(item, round, verdicts)
    return summarize(verdicts, answers)
  }
}

function summarize({ programs }: RoundVerdicts, answers: readonly string[]): VerifiedProgram[] {
  return answers.map((answerKey) => ({ answerKey, trainCorrect: programs[answerKey]?.train_correct ?? false }))
}

async function runDistinct(
  sandbox: Sandbox,
  programs: readonly { readonly key: string; readonly program: string }[],
  task: TaskPairs,
): Promise<RoundVerdicts['programs']> {
  const { heartbeat, cancellationSignal, info } = Context.current()
  const beat = setInterval(() => heartbeat(`${programs.length} programs`), heartbeatEveryMs)
  try {
    const runs = new Map<string, Promise<ProgramVerdict>>()
    for (const { program } of programs) {
      if (!runs.has(program)) runs.set(program, verifyProgram(sandbox, program, task, cancellationSignal))
    }
    const verdicts = programs.map(async ({ key, program }) => [key, await runs.get(program)] as const)
    return Object.fromEntries(await Promise.all(verdicts)) as RoundVerdicts['programs'] // every program has its run
  } catch (error) {
    if (cancellationSignal.aborted) throw cancellationSignal.reason
    const message = `The sandbox broke: ${error instanceof Error ? error.message : String(error)}`
    const last = info.attempt >= mostAttempts
    throw ApplicationFailure.create({
      message,
      type: last ? failureTypes.gaveUp : failureTypes.tryAgain,
      nonRetryable: last,
    })
  } finally {
    clearInterval(beat)
  }
}
