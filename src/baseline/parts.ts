import type { Grid } from '../domain/grids/grid.ts'
import { cutOut, heightOf, widthOf } from './grids.ts'

/** How a grid is split into parts of one size: by the lines drawn across it (null), or into rows and columns of parts. */
export type Split = readonly [down: number, across: number] | null

export const describeSplit = (split: Split): string =>
  split ? `${split[0]} × ${split[1]} equal parts` : 'equal parts, between the lines drawn across it,'

const ordinals = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth']
export const nth = (part: number): string => ordinals[part] ?? `${part + 1}th`

/** The parts in reading order; null unless there are several of one size. */
export function splitGrid(grid: Grid, split: Split): Grid[] | null {
  if (split) return splitEvenly(grid, split)
  for (const line of [1, 2, 3, 4, 5, 6, 7, 8, 9, 0]) {
    const parts = splitByLines(grid, line)
    if (parts) return parts
  }
  return null
}

function splitEvenly(grid: Grid, [down, across]: readonly [number, number]): Grid[] | null {
  const [height, width] = [heightOf(grid) / down, widthOf(grid) / across]
  if (!Number.isInteger(height) || !Number.isInteger(width)) return null
  const spans = (count: number, size: number) =>
    Array.from({ length: count }, (_, part) => [part * size, size] as const)
  return cutParts(grid, spans(down, height), spans(across, width))
}

function splitByLines(grid: Grid, line: number): Grid[] | null {
  const isFull = (symbols: readonly number[]) => symbols.every((symbol) => symbol === line)
  const down = findSpans(grid.map(isFull))
  const across = findSpans((grid[0] ?? []).map((_, x) => isFull(grid.map((row) => row[x] ?? -1))))
  const sizes = new Set([...down.map(([, size]) => `h${size}`), ...across.map(([, size]) => `w${size}`)])
  return sizes.size === 2 && down.length * across.length > 1 ? cutParts(grid, down, across) : null
}

/** Starts and lengths of the stretches between lines. */
function findSpans(isLine: readonly boolean[]): (readonly [start: number, size: number])[] {
  const spans: [number, number][] = []
  for (const [at, line] of isLine.entries()) {
    const last = spans.at(-1)
    if (line) continue
    if (last && last[0] + last[1] === at) last[1] += 1
    else spans.push([at, 1])
  }
  return spans
}

function cutParts(grid: Grid, down: ReturnType<typeof findSpans>, across: ReturnType<typeof findSpans>): Grid[] {
  const boxes = down.flatMap(([top, height]) => across.map(([left, width]) => [top, left, height, width] as const))
  return boxes.map((box) => cutOut(grid, box)).filter((part) => part !== null)
}

export const splitPython = `
def parts_of(grid, how):
    """Parts of one size in reading order: between the lines drawn across the grid (None), or so many down and across."""
    if how is not None:
        if grid.shape[0] % how[0] or grid.shape[1] % how[1]:
            raise ValueError("does not split evenly")
        return [part for band in np.vsplit(grid, how[0]) for part in np.hsplit(band, how[1])]
    for line in [1, 2, 3, 4, 5, 6, 7, 8, 9, 0]:
        spans = []
        for full in [(grid == line).all(axis=1), (grid == line).all(axis=0)]:
            stretches = np.split(np.arange(len(full)), np.nonzero(full)[0])
            stretches = [[at for at in stretch if not full[at]] for stretch in stretches]
            spans.append([stretch for stretch in stretches if stretch])
        parts = [grid[np.ix_(ys, xs)] for ys in spans[0] for xs in spans[1]]
        if len(parts) > 1 and len({part.shape for part in parts}) == 1:
            return parts
    raise ValueError("no lines")`

/** Ways to split that give parts of the outputs' size in every pair. */
export function proposeSplits(pairs: readonly { readonly input: Grid; readonly output: Grid }[]): Split[] {
  const [first] = pairs
  if (!first) return []
  const down = heightOf(first.input) / heightOf(first.output)
  const across = widthOf(first.input) / widthOf(first.output)
  const even: Split[] = Number.isInteger(down) && Number.isInteger(across) && down * across > 1 ? [[down, across]] : []
  return [null, ...even].filter((split) =>
    pairs.every(({ input, output }) => {
      const part = splitGrid(input, split)?.[0]
      return part && heightOf(part) === heightOf(output) && widthOf(part) === widthOf(output)
    }),
  )
}
