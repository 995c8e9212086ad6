import type { Grid } from '../grids/grid.ts'
import { renderGrid } from '../grids/render-grid.ts'
import { count, renderSize, renderTestInput, renderTrainPair, whatAGridIs } from '../recipes/prompt-parts.ts'
import type { ShownTask } from '../recipes/recipe.ts'
import { renderOutcome } from '../recipes/render-tries.ts'
import type { ShownTry } from '../recipes/shown-try.ts'

/** What a question shows. No part has a place for the expected output of a test input. */
export interface QuestionParts {
  /** Absent if the model has seen it. */
  readonly task?: ShownTask
  readonly traces: readonly { readonly username: string; readonly text: string }[]
  readonly sample?: ShownSample
  /** What the person drew for a test input. */
  readonly drawing?: { readonly test: number; readonly grid: Grid }
  /** What the person asks. */
  readonly text: string
}

/** A sample of a run, as far as a model may see it. */
export interface ShownSample {
  readonly model: string
  /** What it answered. */
  readonly text: string
  /** Its program, with what it did on the train pairs. */
  readonly tried?: ShownTry
  /** What it gave for each test input; nothing says whether that is right. */
  readonly outputs: readonly (Grid | null)[]
}

/** Longer texts of traces and samples are cut: they would cost more than they tell. */
const maxTextCharacters = 20_000

export function renderQuestion({ task, traces, sample, drawing, text }: QuestionParts): string {
  const parts = [
    ...(task ? renderTask(task) : []),
    ...traces.map(({ username, text }) => `# What ${username} wrote about the task\n\n${quote(text)}`),
    ...(sample ? renderSample(sample) : []),
    ...(drawing ? [`# What I drew\n\n${renderOutput(drawing.grid, drawing.test)}`] : []),
  ]
  return parts.length === 0 ? text : [...parts, `# What I ask\n\n${text}`].join('\n\n')
}

function renderTask({ train, testInputs }: ShownTask): string[] {
  return [
    whatAGridIs,
    `# The task\n\nOne rule turns each input below into its output. It is at work in ${count(train.length, 'train pair')}; of ${count(testInputs.length, 'test input')} you are not shown the output.`,
    ...train.map((pair, index) => renderTrainPair(pair, index, 'json')),
    ...testInputs.map((grid, index) => renderTestInput(grid, index, 'json')),
  ]
}

function renderSample({ model, text, tried, outputs }: ShownSample): string[] {
  return [
    `# What ${model} answered when it was asked to solve the task\n\n${quote(text)}`,
    ...(tried ? [`# What its program did\n\n${renderOutcome(tried, 'json', 'Its')}`] : []),
    ...outputs.flatMap((grid, test) =>
      grid ? [`# What it gave for a test input\n\n${renderOutput(grid, test)}`] : [],
    ),
  ]
}

function renderOutput(grid: Grid, test: number): string {
  return `Output for test input ${test + 1}, ${renderSize(grid)}:\n${renderGrid(grid)}`
}

/** Quoted, so that headings and fences in it end nothing around it. */
function quote(text: string): string {
  const cut = text.length > maxTextCharacters ? `${text.slice(0, maxTextCharacters)}\n[cut]` : text
  return cut
    .trim()
    .split('\n')
    .map((line) => `> ${line}`.trimEnd())
    .join('\n')
}
