import { findMark, type MarkTone } from './mark-words.ts'

/** Sizes in pixels: a cell's place in its row, and the tile drawn in it. */
export const cellWidth = 26
export const rowHeight = 30
/** Samples in one drawing. */
export const blockSize = 100
const tile = { size: 24, top: 3, radius: 4 } as const
const middle = `${tile.top + tile.size / 2}`

// Made once: a frame of a scroll draws hundreds of cells.
const filled = drawTile(0)
const outlined = drawTile(1)
const dashed = drawTile(0.5)

/** The path of a tile from the left end of its upper edge. @param inset how far inside its edge, for a line along it */
function drawTile(inset: number): string {
  const radius = tile.radius - inset
  const straight = tile.size - 2 * tile.radius
  const corner = (dx: number, dy: number) => `a${radius} ${radius} 0 0 1 ${dx * radius} ${dy * radius}`
  const sides = [`h${straight}${corner(1, 1)}`, `v${straight}${corner(-1, 1)}`, `h${-straight}${corner(-1, -1)}`]
  return ` ${tile.top + inset}${sides.join('')}v${-straight}${corner(1, -1)}z`
}

/** SVG paths for all cells of one tone. */
export interface ToneDrawing {
  readonly tone: MarkTone
  readonly tiles: string
  readonly signs: string
  /** Outlines of the cells selected as attempts. */
  readonly selected: string
}

export interface MarksDrawing {
  readonly tones: readonly ToneDrawing[]
  /** Samples that are not recorded. */
  readonly missing: string
}

/**
 * Draws a part of a row of the matrix as a few paths, so that scrolling costs the same few elements however many samples a task
 * has.
 *
 * @param selected samples that were selected as attempts
 * @param from the first sample to draw, at x = 0
 * @param to after the last one
 */
export function drawMarks(marks: string, selected: readonly number[], from: number, to: number): MarksDrawing {
  const tones = new Map<MarkTone, Record<'tiles' | 'signs' | 'selected', string>>()
  let missing = ''
  for (let sample = from; sample < to; sample += 1) {
    const x = (sample - from) * cellWidth
    const mark = findMark(marks[sample])
    if (mark === undefined) {
      missing += `M${x + tile.radius}${dashed}`
      continue
    }
    const drawing = tones.get(mark.tone) ?? { tiles: '', signs: '', selected: '' }
    tones.set(mark.tone, drawing)
    drawing.tiles += `M${x + tile.radius}${filled}`
    drawing.signs += `M${x + tile.size / 2} ${middle}${mark.sign}`
    if (selected.includes(sample)) drawing.selected += `M${x + tile.radius}${outlined}`
  }
  return { tones: [...tones].map(([tone, drawing]) => ({ tone, ...drawing })), missing }
}
