import type { Grid } from '../grids/grid.ts'
import { renderGrid, type GridEncoding } from '../grids/render-grid.ts'
import { count, renderSize } from './prompt-parts.ts'
import type { Message } from './recipe.ts'
import type { ShownPair, ShownTry } from './shown-try.ts'

/** More differing cells than this are no more helpful than the grid itself. */
const maxNamedCells = 20
/** Limit of a program's printed text, in characters: enough for a few lines of debugging. */
const maxPrintedCharacters = 1_000
/** Limit for the line of the program that raised, in characters. */
const maxLineCharacters = 200

/** More than the best few tell a model little, and each is paid for again in every later round. */
export const maxTriesShown = 4

/**
 * The maximum size of the feedback on one try, in bytes of UTF-8: a run with a budget has to know before it asks. A pair
 * takes a grid of 30×30 and the list of cells, or an error message; to that add the printed text, four bytes per character.
 */
export function maxFeedbackBytes(trainPairs: number): number {
  return 4_500 * trainPairs + 4 * maxPrintedCharacters + 2_000
}

const whatToDo = `Say in words what was wrong with the rule or with the program, and what is right instead. Then write the whole program again, complete, in a single fenced Python block that defines \`solve_task\`. It must give exactly the output of every train pair, by one rule for all.`

/** A continued conversation: each earlier answer, followed by what its program did. */
export function renderTries(tries: readonly ShownTry[], encoding: GridEncoding = 'json'): Message[] {
  return tries.flatMap((shownTry, index): Message[] => [
    { role: 'assistant', content: shownTry.text, ...(shownTry.answer && { answer: shownTry.answer }) },
    { role: 'user', content: renderTry(shownTry, encoding, index === tries.length - 1) },
  ])
}

function renderTry(shown: ShownTry, encoding: GridEncoding, isLast: boolean): string {
  return [renderOutcome(shown, encoding), ...(isLast ? [whatToDo] : [])].join('\n\n')
}

/** What a program did on the train pairs. @param whose as the reader is told: the model that wrote it, or another */
export function renderOutcome(
  { program, printed, train }: ShownTry,
  encoding: GridEncoding,
  whose: 'Your' | 'Its' = 'Your',
): string {
  const right = train.filter((pair) => pair.verdict === 'correct').length
  return [
    `${whose} program was run on the train pairs. It gave the right output for ${right} of ${train.length}.`,
    ...train.map((pair, index) => `## Train pair ${index + 1}\n\n${renderPair(pair, program, encoding, whose)}`),
    ...(printed.trim() === '' ? [] : [`## What it printed\n\n${renderPrinted(printed)}`]),
  ].join('\n\n')
}

function renderPair(pair: ShownPair, program: string, encoding: GridEncoding, whose: string): string {
  if (pair.verdict === 'correct') return 'Right.'
  if (pair.got === null) return renderFailure(pair, program)
  return [
    renderDifference(pair.got, pair.expected, whose),
    `${whose} output, ${renderSize(pair.got)}:\n${renderGrid(pair.got, encoding)}`,
  ].join('\n\n')
}

function renderDifference(output: Grid, expected: Grid, whose: string): string {
  const expectedSize = renderSize(expected)
  if (renderSize(output) !== expectedSize) {
    return `Wrong. ${whose} output has ${renderSize(output)}; ${expectedSize} are expected.`
  }
  const cells = expected.flatMap((row, y) =>
    row.flatMap((symbol, x) => {
      const symbolGot = output[y]?.[x]
      return symbolGot === symbol ? [] : [`- row ${y}, column ${x}: got ${symbolGot}, expected ${symbol}`]
    }),
  )
  const all = expected.length * (expected[0]?.length ?? 0)
  const more = cells.length > maxNamedCells ? [`- and ${cells.length - maxNamedCells} more`] : []
  return [
    `Wrong. The size is right; ${cells.length} of ${count(all, 'cell')} differ:`,
    ...cells.slice(0, maxNamedCells),
    ...more,
  ].join('\n')
}

function renderFailure({ verdict, message = '', error_type, line }: ShownPair, program: string): string {
  const text = line === undefined ? undefined : program.split('\n')[line - 1]?.trim().slice(0, maxLineCharacters)
  const place = line === undefined ? '' : ` in line ${line}${text === undefined ? '' : ` (\`${text}\`)`}`
  return verdict === 'error' && error_type !== undefined
    ? `It raised ${error_type}${message === '' ? '' : `: ${message}`}${place}.`
    : `No output (${verdict}): ${message}${place}`
}

/** Indented, so that no fence in it can end a block. */
function renderPrinted(printed: string): string {
  const excerpt = printed.length > maxPrintedCharacters ? `${printed.slice(0, maxPrintedCharacters)}\n…` : printed
  return excerpt
    .trimEnd()
    .split('\n')
    .map((line) => `    ${line}`)
    .join('\n')
}
