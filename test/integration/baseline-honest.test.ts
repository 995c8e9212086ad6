import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Grid } from '../../src/domain/grids/grid.ts'
import type { RunDocument } from '../../src/domain/results/run-document.ts'
import { openTestStack, type TestStack } from '../support/test-stack.ts'

let stack: TestStack
beforeAll(async () => {
  stack = await openTestStack({ ARCLOOM_BASELINE_SECONDS: '4' })
})
afterAll(() => stack.close())

const mirrored = (grid: Grid) => grid.map((row) => row.toReversed())
const shifted = (grid: Grid) => grid.map((row) => row.map((symbol) => (symbol === 0 ? 0 : 7)))
const unrelated = (grid: Grid) => grid.map((row) => row.map((symbol, x) => (symbol * 3 + x) % 10))
const rules = { mirrored, shifted, unrelated }
const inputs: Grid[] = [[[1, 2, 0], [0, 3, 3]], [[4, 0, 0]], [[5, 6, 1], [1, 0, 2], [0, 0, 9]]] // prettier-ignore
const testInput: Grid = [[8, 0, 1]]

/** A folder with a task for each rule, whose test output is what `plant` makes of the right one. */
async function writeDataset(name: string, plant: (output: Grid) => Grid): Promise<string> {
  const folder = join(stack.dataDir, name)
  await mkdir(folder)
  for (const [taskId, rule] of Object.entries(rules)) {
    const train = inputs.map((input) => ({ input, output: rule(input) }))
    const test = [{ input: testInput, output: plant(rule(testInput)) }]
    await writeFile(join(folder, `${taskId}.json`), JSON.stringify({ train, test }))
  }
  return folder
}

interface Results {
  readonly metadata: { readonly provenance: { readonly baseline_seconds: unknown; readonly addresses: unknown } }
  readonly results: readonly Readonly<Record<'reasoning' | 'python_code' | 'test_outputs', unknown>>[]
}

async function benchmark(dataset: string) {
  const asked = ['--model', 'BASELINE', '--dataset', dataset, '--best-of', '2', '--json']
  const { stdout } = await stack.arcloom('benchmark', 'code', ...asked)
  const document = JSON.parse(stdout) as RunDocument
  const file = await readFile(join(stack.dataDir, document.results_file ?? ''), 'utf8')
  const { metadata, results } = JSON.parse(file) as Results
  const said = results.map(({ reasoning, python_code, test_outputs }) => ({ reasoning, python_code, test_outputs }))
  return { solved: document.solved_task_ids, said, provenance: metadata.provenance }
}

test('the baseline answers the same whatever the test outputs are, and solves only what is right', async () => {
  const right = await benchmark(await writeDataset('right', (output) => output))
  const planted = await benchmark(await writeDataset('planted', (output) => output.map((row) => row.map(() => 5))))
  expect(planted.said).toEqual(right.said)
  expect(right.said).toHaveLength(3)
  expect(right.solved).toEqual(expect.arrayContaining(['mirrored', 'shifted']))
  expect(planted.solved).toEqual([])
})

test("a results file names the baseline's time limit and the address that answered", async () => {
  const { provenance } = await benchmark(await writeDataset('named', (output) => output))
  expect(provenance).toMatchObject({
    baseline_seconds: 4,
    addresses: [`http://127.0.0.1:${stack.config.ports.baseline}/v1`],
  })
})
