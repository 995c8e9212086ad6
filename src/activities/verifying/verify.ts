import type { RoundVerdicts } from '../../adapters/stores/run-store.ts'
import { extractStoredAnswer } from '../../domain/answers/extract-stored-answer.ts'
import { mapConcurrently } from '../../domain/map-concurrently.ts'
import { findProvider } from '../../domain/providers/providers.ts'
import { findRecipe } from '../../domain/recipes/find-recipe.ts'
import { entryPoints } from '../../domain/runs/entry-points.ts'
import { limitsOf, needAskingRun } from '../../domain/runs/run.ts'
import type { ActivityContext } from '../dependencies.ts'
import { runPrograms } from './run-programs.ts'

export interface VerifyInput {
  readonly runId: string
  readonly item: string
  readonly round: number
  /** Keys of the answers whose programs to run. */
  readonly answers: readonly string[]
}

/** For people who look at a run in Temporal's pages or in its log. */
export interface VerifiedPrograms {
  readonly programs: number
  readonly trainCorrect: number
}

/** Runs the programs of one item's answers, each distinct one once, and adds their verdicts to those of the round. */
export function createVerify(context: ActivityContext) {
  const isSame = (a: object, b: object) => context.hashJson(a) === context.hashJson(b)
  return async function verify({ runId, item, round, answers }: VerifyInput): Promise<VerifiedPrograms> {
    const { folder, run, readItem } = await context.readRun(runId)
    const stored = await folder.findVerdicts(item, round)
    if (stored && answers.every((key) => key in stored.programs)) return summarize(stored, answers)

    const { specification, model } = needAskingRun(run)
    const recipe = findRecipe(specification.recipe)
    const { readReply } = findProvider(model.provider)
    const sandbox = await context.sandbox(run.specification.sandbox ?? 'auto')
    // A solver may ask the samples of a round one after the other. One file names one sandbox: another one runs all of them again.
    const storedVerdicts = stored && isSame(stored.sandbox, sandbox.facts) ? stored.programs : {}
    const keys = new Set([...Object.keys(stored?.programs ?? {}), ...answers]).difference(
      new Set(Object.keys(storedVerdicts)),
    )
    const answered = await mapConcurrently([...keys], 8, async (key) => {
      const { program } = extractStoredAnswer(recipe, await folder.readAnswer(key), readReply)
      return { key, program }
    })
    // Another version may have found a program where this one finds none: then there is nothing to run.
    const programs = answered.flatMap(({ program }) => program ?? [])
    const executions = await runPrograms(sandbox, programs, await readItem(item), {
      entryPoints,
      limits: limitsOf(run),
    })
    const verdicts = {
      sandbox: { ...sandbox.facts },
      programs: {
        ...storedVerdicts,
        ...Object.fromEntries(
          answered.flatMap(({ key, program }) => {
            const verdict = program === undefined ? undefined : executions.get(program)
            return verdict ? [[key, verdict]] : []
          }),
        ),
      },
    }
    await folder.putVerdicts(item, round, verdicts)
    return summarize(verdicts, answers)
  }
}

function summarize({ programs }: RoundVerdicts, answers: readonly string[]): VerifiedPrograms {
  return { programs: answers.length, trainCorrect: answers.filter((key) => programs[key]?.train_correct).length }
}
