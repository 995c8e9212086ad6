import type { Grid } from '../../domain/grids/grid.ts'
import { backgroundOf, boxOf, cutOut } from '../grids.ts'
import { defineOperation } from '../operation.ts'

/** The smallest box around one colour, or around everything that is not background; with its frame or without. */
export const cropToColour = defineOperation<[colour: number | null, frame: number]>({
  name: 'crop_to_colour',
  python: `
def crop_to_colour(grid, colour, frame):
    """The smallest box around one colour (None: all that is not background), less a frame on each side."""
    box = cut_out(grid, grid != background(grid) if colour is None else grid == colour)
    inside = box[frame:box.shape[0] - frame, frame:box.shape[1] - frame]
    return inside if inside.size else None`,
  apply: crop,
  words: (colour, frame) =>
    `The output is the ${frame ? 'inside of the ' : ''}smallest box around ${colour === null ? 'all that is not background' : `colour ${colour}`}.`,
  cost: (colour, frame) => (colour === null ? 2 : 4) + 2 * frame,
  propose: () =>
    [null, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9].flatMap((colour) =>
      [0, 1].map((frame): [number | null, number] => [colour, frame]),
    ),
  examples: [
    [null, 0],
    [3, 0],
    [3, 1],
  ],
})

function crop(grid: Grid, colour: number | null, frame: number): Grid | null {
  const empty = backgroundOf(grid)
  const box = boxOf(grid, colour === null ? (symbol) => symbol !== empty : (symbol) => symbol === colour)
  return box && cutOut(grid, [box[0] + frame, box[1] + frame, box[2] - 2 * frame, box[3] - 2 * frame])
}
