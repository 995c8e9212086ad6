import type { SampleDocument } from '../../../src/api/documents.ts'
import type { Grid } from '../../../src/domain/grids/grid.ts'
import { renderGrid } from '../../../src/domain/grids/render-grid.ts'
import type { Message } from '../../../src/domain/recipes/recipe.ts'

/* A sample as text to copy. It includes the expected test outputs if they are on the screen. */

interface CopiedPair {
  readonly input: Grid
  /** Null if it is not known here. */
  readonly output: Grid | null
  /** The sample's output; null if that was not a grid. */
  readonly got: Grid | null
}

/** The pairs of a sample in the ARC format, each with the output of the round that represents the sample. */
export function renderSampleJson(sample: SampleDocument, expected: readonly (Grid | null)[] | undefined): string {
  const { run, item, sample: index } = sample
  return JSON.stringify({ run, item: item.key, sample: index, ...listPairs(sample, expected) })
}

/** The same as a piece of Python. */
export function renderSampleNumpy(sample: SampleDocument, expected: readonly (Grid | null)[] | undefined): string {
  const { train, test } = listPairs(sample, expected)
  return [
    'import numpy as np',
    '',
    `# run ${sample.run}, item ${sample.item.key}, sample ${sample.sample}`,
    `train = ${renderPairs(train)}`,
    `test = ${renderPairs(test)}`,
    '',
  ].join('\n')
}

/** The messages as they were sent, each under its role. */
export function renderPrompt(messages: readonly Message[]): string {
  return messages.map(({ role, content }) => `# ${role}\n\n${content}\n`).join('\n')
}

function listPairs(
  { rounds, chosen, train, test_inputs }: SampleDocument,
  expected: readonly (Grid | null)[] | undefined,
) {
  const results = rounds[chosen]?.results ?? []
  const find = (part: 'train' | 'test', index: number) =>
    results.find((result) => result.part === part && result.index === index)?.got ?? null
  return {
    train: train.map(({ input, output }, index): CopiedPair => ({ input, output, got: find('train', index) })),
    test: test_inputs.map((input, index): CopiedPair => ({
      input,
      output: expected?.[index] ?? null,
      got: find('test', index),
    })),
  }
}

function renderPairs(pairs: readonly CopiedPair[]): string {
  const array = (grid: Grid | null) => (grid === null ? 'None' : `np.array(${renderGrid(grid).replaceAll('\n ', ' ')})`)
  const lines = pairs.map(
    ({ input, output, got }) =>
      `    {"input": ${array(input)},\n     "output": ${array(output)},\n     "got": ${array(got)}},\n`,
  )
  return `[\n${lines.join('')}]`
}
