import { extractStoredAnswer } from '../domain/answers/extract-stored-answer.ts'
import { mapConcurrently } from '../domain/map-concurrently.ts'
import { findProvider } from '../domain/providers/providers.ts'
import { findRecipe } from '../domain/recipes/find-recipe.ts'
import type { ProgramVerdict } from '../domain/runs/record.ts'
import { needAskingRun, type AskingRun } from '../domain/runs/run.ts'
import type { History, PastAnswer, TrainVerdict } from '../domain/solvers/solver.ts'
import type { OpenRun } from './read-run.ts'

/** By round, the keys of a sample's answers: one each, or one for each test input where the recipe asks that way. */
export type AskedSample = readonly (readonly string[])[]

/** An item's history, and what it depends on. */
export interface ItemHistory {
  readonly history: History
  /**
   * By sample and round, the requests that bought the answers. An answer's key is not enough: one that was rejected or lost is
   * asked for again under the same key, and may say something else.
   */
  readonly follows: readonly (readonly (readonly string[])[])[]
}

/** Before anything was asked: the same for every item of a run. */
export function beginHistory(run: AskingRun): ItemHistory {
  const { samples, rounds } = run.specification
  return { history: { limits: { samples, rounds }, samples: [] }, follows: [] }
}

/** Reads from the store what came of the questions that were asked about an item. */
export async function readHistory(
  open: OpenRun,
  itemKey: string,
  samples: readonly AskedSample[],
): Promise<ItemHistory> {
  const run = needAskingRun(open.run)
  const { train } = await open.readItem(itemKey)
  const roundCount = Math.max(0, ...samples.map((rounds) => rounds.length))
  const verdicts = await Promise.all(
    Array.from({ length: roundCount }, (_, index) => open.folder.findVerdicts(itemKey, index + 1)),
  )
  const read = await mapConcurrently(samples, 8, (rounds) =>
    Promise.all(
      rounds.map((keys, index) =>
        Promise.all(keys.map((key) => readAnswer(open, run, key, verdicts[index]?.programs[key], train.length))),
      ),
    ),
  )
  return {
    history: {
      ...beginHistory(run).history,
      samples: read.map((rounds) => rounds.map((answers) => answers.map(({ past }) => past))),
    },
    follows: read.map((rounds) => rounds.map((answers) => answers.map(({ request }) => request))),
  }
}

async function readAnswer(
  { folder }: OpenRun,
  { specification, model }: AskingRun,
  key: string,
  execution: ProgramVerdict | undefined,
  trainPairs: number,
): Promise<{ readonly past: PastAnswer; readonly request: string }> {
  const answer = await folder.readAnswer(key)
  const { readReply } = findProvider(model.provider)
  const { outcome, program } = extractStoredAnswer(findRecipe(specification.recipe), answer, readReply)
  // Another version may have found a program, and run it, where this one finds none.
  const train = execution === undefined || program === undefined ? null : takeTrainVerdicts(execution, trainPairs)
  return { past: { key, outcome, train }, request: answer.ledger_request }
}

/** Verdicts on test pairs, and what programs printed and returned, stay behind. */
function takeTrainVerdicts({ pairs }: ProgramVerdict, trainPairs: number): TrainVerdict[] {
  return pairs.slice(0, trainPairs).map(({ verdict, cells_right, cells }) => ({ verdict, cells_right, cells }))
}
