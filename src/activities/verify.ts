import type { RoundVerdicts } from '../adapters/stores/run-store.ts'
import { extractStoredAnswer } from '../domain/answers/extract-stored-answer.ts'
import { mapConcurrently } from '../domain/map-concurrently.ts'
import { findProvider } from '../domain/providers/providers.ts'
import { findRecipe } from '../domain/recipes/find-recipe.ts'
import { entryPoints } from '../domain/runs/entry-points.ts'
import { limitsOf, needAskingRun } from '../domain/runs/run.ts'
import type { Given } from './dependencies.ts'
import { runPrograms } from './run-programs.ts'

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

/** Runs the programs of one item's answers, each distinct one once, and stores their verdicts. */
export function createVerify(given: Given) {
  return async function verify({ runId, item, round, answers }: VerifyInput): Promise<VerifiedProgram[]> {
    const { folder, run, readItem } = await given.readRun(runId)
    const stored = await folder.findVerdicts(item, round)
    if (stored && answers.every((key) => key in stored.programs)) return summarize(stored, answers)

    const { specification, model } = needAskingRun(run)
    const recipe = findRecipe(specification.recipe)
    const { readReply } = findProvider(model.provider)
    const answered = await mapConcurrently(answers, 8, async (key) => {
      const { program } = extractStoredAnswer(recipe, await folder.readAnswer(key), readReply)
      return { key, program }
    })
    const sandbox = await given.sandbox(run.specification.sandbox ?? 'auto')
    // Another version may have found a program where this one finds none: then there is nothing to run.
    const programs = answered.flatMap(({ program }) => program ?? [])
    const ran = await runPrograms(sandbox, programs, await readItem(item), { entryPoints, limits: limitsOf(run) })
    const verdicts = {
      sandbox: { ...sandbox.facts },
      programs: Object.fromEntries(
        answered.flatMap(({ key, program }) => {
          const verdict = program === undefined ? undefined : ran.get(program)
          return verdict ? [[key, verdict]] : []
        }),
      ),
    }
    await folder.putVerdicts(item, round, verdicts)
    return summarize(verdicts, answers)
  }
}

function summarize({ programs }: RoundVerdicts, answers: readonly string[]): VerifiedProgram[] {
  return answers.map((answerKey) => ({ answerKey, trainCorrect: programs[answerKey]?.train_correct ?? false }))
}
