import { isGrid, type Grid } from '../domain/grid.ts'
import type { Pair } from '../domain/task.ts'
import type { Evidence } from './operation.ts'

export type ParsedPrompt =
  | ({ readonly kind: 'task' } & Evidence)
  /** Nothing that the baseline can work on; `reason` says to a person what is missing. */
  | { readonly kind: 'unreadable'; readonly reason: string }

interface FoundGrid {
  readonly grid: Grid
  /** The words since the grid before. */
  readonly label: string
}

/** Rows in brackets, as JSON and as Python write them; or lines of digits, with or without spaces. */
const bracketed = /\[\s*\[[\d\s,]*\](?:\s*(?:,\s*)?\[[\d\s,]*\])*\s*\]/g
const bare = /(?:^[ \t]*\d(?:[ \t]*\d){0,29}[ \t]*(?:\n|$))+/gm

/**
 * Reads the train pairs and test inputs out of a prompt, by the words before each grid, as any model would.
 *
 * Liberal about wording: an input and the output after it make a pair, wherever the last of these two words before a grid
 * says which it is; a grid that nothing names is the other half of the one before. What comes under the heading of a test
 * is an input only: an output there is passed over, because a solver that looked at it would not be solving.
 */
export function parsePrompt(text: string): ParsedPrompt {
  const found = findGrids(text, bracketed, parseBracketed)
  const grids = found.length > 0 ? found : findGrids(text, bare, parseBare)
  const train: Pair[] = []
  const testInputs: Grid[] = []
  let input: Grid | undefined
  let inTest = false
  for (const { grid, label } of grids) {
    inTest = readSection(label) ?? inTest
    const role = readRole(label) ?? (input ? 'output' : 'input')
    if (role === 'input') {
      if (inTest) testInputs.push(grid)
      input = grid
    } else if (input) {
      if (!inTest) train.push({ input, output: grid })
      input = undefined
    }
  }
  // A prompt without a heading for the test ends in an input that no output follows.
  if (!inTest && input) testInputs.push(input)
  if (train.length === 0)
    return { kind: 'unreadable', reason: 'no train pair (an input grid with its output grid) in it' }
  if (testInputs.length === 0) return { kind: 'unreadable', reason: 'no test input in it' }
  return { kind: 'task', train, testInputs }
}

function findGrids(text: string, pattern: RegExp, parse: (text: string) => unknown): FoundGrid[] {
  const grids: FoundGrid[] = []
  let end = 0
  for (const match of text.matchAll(pattern)) {
    const grid = parse(match[0])
    if (!isGrid(grid)) continue
    grids.push({ grid, label: text.slice(end, match.index) })
    end = match.index + match[0].length
  }
  return grids
}

function parseBracketed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function parseBare(text: string): number[][] {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => line.replaceAll(/\s/g, '').split('').map(Number))
}

/** Whether the words lead into the test (true), back to the train pairs (false), or neither. The last word counts. */
function readSection(label: string): boolean | undefined {
  const last = label.match(/\b(?:test|train|training|example|demonstration)\b/gi)?.at(-1)
  return last === undefined ? undefined : last.toLowerCase() === 'test'
}

function readRole(label: string): 'input' | 'output' | undefined {
  const last = label
    .match(/input|output/gi)
    ?.at(-1)
    ?.toLowerCase()
  return last === 'input' || last === 'output' ? last : undefined
}
