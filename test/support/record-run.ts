import { hashJson, hashText } from '../../src/adapters/files/hash.ts'
import type { RunFolder, RunStore } from '../../src/adapters/stores/run-store.ts'
import type { Answer } from '../../src/domain/answers/answer.ts'
import { extractStoredAnswer } from '../../src/domain/answers/extract-stored-answer.ts'
import { local } from '../../src/domain/providers/local.ts'
import { findRecipe } from '../../src/domain/recipes/find-recipe.ts'
import type { RecipeName } from '../../src/domain/recipes/recipe.ts'
import type { ProgramVerdict, RoundRecord, SampleRecord } from '../../src/domain/runs/record.ts'
import type { Task, TaskPairs } from '../../src/domain/tasks/task.ts'
import { prepareRun } from '../../src/runs/prepare-run.ts'

/** What a model is recorded to have answered: one text, or one per test input when these are asked for one by one. */
export interface SaidSample {
  readonly texts: readonly string[]
  /** What its program is recorded to have got right. */
  readonly right?: 'all' | 'train' | 'none'
  /** What the provider sends as the model's reasoning beside each text. */
  readonly reasoning?: string
  /** The provider rejected the request. */
  readonly rejected?: boolean
}

interface RecordedRun {
  readonly name: string
  readonly recipe: RecipeName
  readonly tasks: readonly Task[]
  /** Where the tasks are recorded to have been read. */
  readonly paths?: readonly string[]
  /** Undefined for a task that is not to be recorded. */
  readonly say: (task: Task, index: number) => readonly SaidSample[] | undefined
}

const model = {
  key: 'MODEL',
  provider: 'local' as const,
  id: 'model-id',
  baseUrl: 'http://127.0.0.1:1/v1',
  limits: {},
  defaults: {},
  username: 'model',
}

const at = '2026-01-01T00:00:00.000Z'

/** Stores a run as if it had been asked for, verified and recorded, without Temporal, a provider or a sandbox. */
export async function recordRun(
  store: RunStore,
  { name, recipe, tasks, paths = [], say }: RecordedRun,
): Promise<RunFolder> {
  const counts = tasks.map((task, index) => say(task, index)?.length ?? 1)
  const run = prepareRun(
    {
      kind: 'generation',
      recipe,
      model,
      sampling: { temperature: 0.5, seed: 0 },
      gridEncoding: 'json',
      samples: Math.max(...counts),
      rounds: 1,
      datasets: paths.map((path) => ({ path, tasks, faults: [] })),
      tasks,
      controls: { max_concurrent_tasks: 1, save_interval: 10, budget_usd: null },
      name,
      versions: {},
    },
    new Date(at),
  )
  const folder = await store.createRun(run)
  if (folder === undefined) throw new Error(`there is a run ${name} already`)
  for (const [index, reference] of run.items.entries()) {
    const task = tasks[index]
    if (task === undefined) throw new Error('tasks of a recorded run are distinct')
    const said = say(task, index)
    if (said === undefined) continue
    const samples = await Promise.all(
      said.map((sample, number) => recordSample(folder, recipe, task, reference.key, number, sample)),
    )
    await folder.putRecord({ run_id: name, item: reference, samples, started_at: at, recorded_at: at })
  }
  return folder
}

async function recordSample(
  folder: RunFolder,
  recipeName: RecipeName,
  task: Task,
  item: string,
  sample: number,
  { texts, right = 'none', reasoning, rejected = false }: SaidSample,
): Promise<SampleRecord> {
  const recipe = findRecipe(recipeName)
  const shown = { train: task.train, testInputs: task.test.map(({ input }) => input) }
  const answers = await Promise.all(
    texts.map(async (text, index) => {
      const testPair = recipe.asksPerTestInput ? index : null
      const answer: Answer = {
        key: hashJson([item, sample, testPair]),
        question: { item, sample, round: 1, test_pair: testPair, previous: null },
        sent: {
          prompt: await folder.putPrompt(recipe.renderMessages(shown, testPair)),
          parameters: local.renderParameters({ modelId: model.id, sampling: { temperature: 0.5, seed: sample } }),
        },
        asked_at: at,
        answered_at: at,
        time_seconds: 1.5,
        response: rejected ? null : complete(text, reasoning),
        rejected: rejected ? text : null,
        usage: { prompt_tokens: 100, completion_tokens: 10 },
        cost_usd: sample === 0 ? 0.25 : null,
        ledger_request: `of ${hashJson([item, sample, testPair])}`,
        request_id: 'id',
      }
      await (await folder.reserveAnswer(answer.key)).put(answer)
      return answer
    }),
  )
  const extractions = answers.map((answer) => extractStoredAnswer(recipe, answer, local.readReply))
  const program = extractions[0]?.program ?? null
  const round: RoundRecord = {
    answers: answers.map(({ key }) => key),
    outcomes: extractions.map(({ outcome }) => outcome),
    program,
    program_hash: program === null ? null : hashText(program),
    run: program === null ? null : runAs(right, task),
    ...(recipe.asksPerTestInput && { grids: extractions.map(({ grid }) => grid ?? null) }),
    sandbox: null,
    time_seconds: 1.5,
    usage: { prompt_tokens: 100, completion_tokens: 10 },
    cost_usd: null,
  }
  return { rounds: [round], chosen: 0 }
}

/** The body of a chat completion. */
function complete(content: string, reasoning: string | undefined) {
  const message = { role: 'assistant', content, ...(reasoning !== undefined && { reasoning }) }
  return { choices: [{ message, finish_reason: 'stop' }] }
}

function runAs(right: 'all' | 'train' | 'none', { train, test }: TaskPairs): ProgramVerdict {
  const isRight = [...train.map(() => right !== 'none'), ...test.map(() => right === 'all')]
  return {
    verdict: right === 'all' ? 'correct' : 'wrong',
    pairs: isRight.map((correct) => ({ verdict: correct ? 'correct' : 'wrong', cells_right: 0, cells: 1 })),
    outputs: [...train, ...test].map(({ output }, index) => (isRight[index] === true ? output : null)),
    train_correct: right !== 'none',
    test_correct: right === 'all',
    deterministic: null,
    printed: '',
    cpu_seconds: 0,
    wall_seconds: 0,
  }
}
