import { isGrid, type Grid } from '../../domain/grids/grid.ts'
import type { GridEncoding } from '../../domain/grids/render-grid.ts'
import type { Pair } from '../../domain/tasks/task.ts'
import type { Evidence } from '../operation.ts'

/** What a prompt asks for: a program, only an explanation, or the output of one test input, in its encoding. */
export type Wish =
  | { readonly of: 'program' }
  | { readonly of: 'reasoning' }
  | { readonly of: 'grid'; readonly testInput: number; readonly encoding: GridEncoding }

export type ParsedPrompt =
  | { readonly kind: 'task'; readonly evidence: Evidence; readonly wish: Wish }
  /** Not a prompt that the baseline can work on; `reason` tells people what is missing. */
  | { readonly kind: 'unreadable'; readonly reason: string }

interface FoundGrid {
  readonly grid: Grid
  /** The words since the previous grid. */
  readonly label: string
}

/** Rows in brackets, as JSON and as Python write them; such rows without an outer bracket; lines of digits. */
const encodings: readonly (readonly [pattern: RegExp, encoding: GridEncoding, parse: (text: string) => unknown])[] = [
  [/\[\s*\[[\d\s,]*\](?:\s*(?:,\s*)?\[[\d\s,]*\])*\s*\]/g, 'json', parseJson],
  [
    /(?:^[ \t]*\[\d[\d ,]*\],?[ \t]*(?:\n|$))+/gm,
    'json',
    (text) =>
      parseJson(
        `[${text
          .trim()
          .replace(/,$/, '')
          .replaceAll(/\],?\s*\[/g, '],[')}]`,
      ),
  ],
  [/(?:^[ \t]*\d(?:[ \t]*\d){0,29}[ \t]*(?:\n|$))+/gm, 'digits', parseDigits],
]

/**
 * Reads the train pairs and test inputs of a prompt, by the words before each grid, as any model would.
 *
 * It accepts any wording: an input and the output after it make a pair, if the last of these two words before a grid says which
 * it is; an unlabelled grid is the other half of the one before. Under the heading of a test only inputs are read: an output
 * there is ignored, because a solver that looked at it would not be solving.
 */
export function parsePrompt(text: string): ParsedPrompt {
  const { grids, encoding, rest } = findGrids(text)
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
  // A prompt without a heading for the test ends in an input without an output.
  if (!inTest && input) testInputs.push(input)
  if (train.length === 0)
    return { kind: 'unreadable', reason: 'no train pair (an input grid with its output grid) in it' }
  const words = [...grids.map(({ label }) => label), rest].join('\n')
  const wish = readWish(words, rest, testInputs.length, encoding)
  // The rule is in the train pairs; an explanation needs no more than those.
  if (testInputs.length === 0 && wish.of !== 'reasoning') return { kind: 'unreadable', reason: 'no test input in it' }
  return { kind: 'task', evidence: { train, testInputs }, wish }
}

/** Every grid with the words before it, and the words after the last grid, in the first encoding that finds any. */
function findGrids(text: string) {
  for (const [pattern, encoding, parse] of encodings) {
    const grids: FoundGrid[] = []
    let end = 0
    for (const match of text.matchAll(pattern)) {
      const grid = parse(match[0])
      if (!isGrid(grid)) continue
      grids.push({ grid, label: text.slice(end, match.index) })
      end = match.index + match[0].length
    }
    if (grids.length > 0) return { grids, encoding, rest: text.slice(end) }
  }
  return { grids: [], encoding: 'json', rest: text } as const
}

/** Words that ask for a grid as the answer. */
const asksForGrid =
  /\b(?:answer|reply|respond|end|finish|give|return|write|predict|produce|provide|output)\b[^.\n]{0,80}\bgrids?\b|\bgrid\b[^.\n]{0,40}\b(?:answer|asked|wanted)\b/i

/** A program is requested by the name of its function or language; otherwise a grid or an explanation. */
function readWish(words: string, rest: string, testInputs: number, encoding: GridEncoding): Wish {
  if (/\bsolve_task\b|\bdef \w+\(|```python/.test(words)) return { of: 'program' }
  const testNumber = [...rest.matchAll(/\btest input (\d+)\b/gi)].at(-1)?.[1]
  if (asksForGrid.test(words.replaceAll(/\b(?:no|not|without|don't|never)\b[^.\n]*/gi, '')))
    return { of: 'grid', testInput: Math.min(testInputs, Math.max(1, Number(testNumber ?? 1))) - 1, encoding }
  return { of: /\b(?:explain|explanation|reason|reasoning|describe)\b/i.test(words) ? 'reasoning' : 'program' }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function parseDigits(text: string): number[][] {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => line.replaceAll(/\s/g, '').split('').map(Number))
}

/** Whether the words lead into the test (true), back to the train pairs (false), or neither. The last word decides. */
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
