import { hashJson } from '../../adapters/files/hash.ts'
import { keyOf } from '../../adapters/stores/inspect-run.ts'
import type { RunFolder } from '../../adapters/stores/run-store.ts'
import { findRecipe } from '../../domain/recipes/find-recipe.ts'
import type { Message } from '../../domain/recipes/recipe.ts'
import { isVerification } from '../../domain/runs/run.ts'

/** The messages of a first round, made again; undefined where none that this version makes have this hash. */
export async function renderPromptAgain(folder: RunFolder, hash: string): Promise<readonly Message[] | undefined> {
  if ((await folder.findFault('run.json')) ?? (await folder.findFault('items.json'))) return undefined
  const run = await folder.readRun()
  if (isVerification(run)) return undefined
  const items = new Map((await folder.listItems()).map((item) => [item.key, item.hash]))
  const recipe = findRecipe(run.specification.recipe)
  for (const file of await folder.listFiles('answers')) {
    if ((await folder.findFault(file)) !== undefined) continue
    const { question, sent } = await folder.readAnswer(keyOf(file))
    const pairsHash = items.get(question.item)
    if (sent.prompt !== hash || question.round !== 1 || pairsHash === undefined) continue
    if ((await folder.findFault(`items/${pairsHash}.json`)) !== undefined) continue
    const { train, test } = await folder.readPairs(pairsHash)
    const task = { train, testInputs: test.map(({ input }) => input) }
    const messages = recipe.renderMessages(task, question.test_pair, run.specification.grid_encoding)
    if (hashJson(messages) === hash) return messages
  }
  return undefined
}
