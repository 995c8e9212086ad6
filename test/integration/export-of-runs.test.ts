import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { writeFingerprints } from '../../src/adapters/exports/fingerprint-files.ts'
import { startRun } from '../../src/client/start-run.ts'
import { buildPairs } from '../support/build-run.ts'
import { keepProviders } from '../support/keep-providers.ts'
import { keepTestBench } from '../support/keep-test-bench.ts'
import { programOf } from '../support/list-exported.ts'
import { beginClient } from '../support/run-client.ts'
import { answers, buildRun, buildTasks } from '../support/test-bench.ts'

const bench = keepTestBench()
const serve = keepProviders()

const tasks = buildTasks(3)

/** A program that knows the train outputs of every task, and no rule. */
const table = programOf(
  `[o for i, o in ${JSON.stringify(tasks.flatMap(({ train }) => train.map(({ input, output }) => [input, output])))} if i == grid][0]`,
)

/** Runs the tasks to the end with a model that sends these texts for each, with its reasoning beside `answers.flip`. */
async function completeRun(name: string, texts: readonly string[]): Promise<void> {
  const asked = new Map<string, number>()
  const provider = await serve({
    reply: ({ body }) => {
      const question = JSON.stringify(body.messages)
      const nth = asked.get(question) ?? 0
      asked.set(question, nth + 1)
      const message = {
        role: 'assistant',
        content: texts[nth],
        ...(texts[nth] === answers.flip && { reasoning_content: 'Rows swap.' }),
      }
      return { text: '', body: { choices: [{ index: 0, message, finish_reason: 'stop' }] } }
    },
  })
  const run = buildRun(provider.url, { tasks, samples: texts.length, name })
  await startRun(bench.opening, bench.store, run)
  await bench.client.workflow.getHandle(name).result()
}

async function exportRuns(...words: string[]) {
  const env = { ...process.env, ARCLOOM_DATA_DIR: bench.config.dataDir }
  const { code, stdout, stderr } = await beginClient(['export', 'sft', 'one', 'two', '--json', ...words], env).ended
  if (code !== 0) throw new Error(stderr)
  const document = JSON.parse(stdout) as { readonly output_path: string; readonly [field: string]: unknown }
  const lines = (await readFile(document.output_path, 'utf8')).trimEnd().split('\n')
  return { document, rows: lines.map((line) => JSON.parse(line) as Row) }
}

interface Row {
  readonly messages: readonly { readonly content: string }[]
  readonly metadata: Readonly<Record<string, unknown>>
}

test('an export of two real runs has each program without copied outputs once', async () => {
  // The tasks could belong to any benchmark.
  await writeFingerprints(join(bench.config.dataDir, 'fingerprints'), {
    name: 'arc-agi-1',
    split: 'evaluation',
    tree: '',
    tasks: [{ taskId: 'e', version: 0, dataset: 'arc-agi-1', split: 'evaluation', ...buildPairs(5_000) }],
  })
  const reversed = programOf('list(reversed(grid))')
  await completeRun('one', [answers.flip, table, answers.flip, answers.none])
  await completeRun('two', [answers.flip, answers.same, reversed, table])

  const everything = await exportRuns('--include-copied', '--output', join(bench.config.dataDir, 'all.jsonl'))
  expect(everything.document).toMatchObject({ answers: 24, rows: 18, left_out: { criterion: 6, copied_outputs: 0 } })
  const copies = everything.rows.filter(({ metadata }) => metadata['copied_outputs'] !== '')
  expect(copies.map(({ messages }) => messages.at(-1)?.content)).toEqual(copies.map(() => table))
  expect(copies).toHaveLength(6)

  const { document, rows } = await exportRuns('--unique', '--reasoning', 'think')
  expect(document).toMatchObject({
    rows: 6,
    left_out: { criterion: 6, copied_outputs: 6, no_reasoning: 0, unpaired: 0, repeated: 6, max_per_task: 0 },
    tasks: { total: 3, recorded: 3, exported: 3, refused: 0 },
    runs: [
      { run_id: 'one', answers: 12, rows: 3 },
      { run_id: 'two', answers: 12, rows: 3 },
    ],
  })
  const programs = rows.map(({ metadata }) => [metadata['task_id'], metadata['program_hash']])
  expect(new Set(programs.map((each) => JSON.stringify(each))).size).toBe(6)
  expect(rows.map(({ metadata }) => metadata['run_id'])).toEqual(['one', 'two', 'one', 'two', 'one', 'two'])
  expect(rows[0]?.messages.at(-1)?.content).toBe(`<think>\nRows swap.\n</think>\n\n${answers.flip}`)
  expect(rows[1]?.messages.at(-1)?.content).toBe(reversed)
})
