import type { Grid } from '../../../../src/domain/grids/grid.ts'
import type { Pair } from '../../../../src/domain/tasks/task.ts'
import { fitCell, measureCell, type Slot } from '../../grid/fit-cell.ts'
import type { Viewport } from '../../parts/hooks/use-viewport.ts'

/** Sizes in pixels of the parts of the task page. */
export interface Layout {
  /**
   * `beside`: train pairs, test input and editor side by side; `stacked`: the test input above the editor, beside the train pairs;
   * `narrow`: train pairs and test input in a strip that stays in sight above the editor.
   */
  readonly kind: 'beside' | 'stacked' | 'narrow'
  /** Columns of train pairs, and their total width. */
  readonly columns: number
  readonly panel: number
  /** Space for each grid of a train pair. */
  readonly pair: Slot
  readonly testInput: Slot
  readonly editor: Slot
}

export interface LayoutNeeds {
  readonly window: Viewport
  /** Height of everything above the train pairs. */
  readonly above: number
  readonly train: readonly Pair[]
  readonly testInput: Grid
  /** A grid of the size that the output probably has. */
  readonly output: Grid
  /** Whether a sample is shown below the test input. */
  readonly hasSample: boolean
  /** Whether buttons are large enough for a finger. */
  readonly isCoarse: boolean
}

/* Sizes of what surrounds the grids; they follow the style sheets. */
const arrow = 28
const gap = 16
const captionOfPair = (isCoarse: boolean) => (isCoarse ? 68 : 46)
const aroundTestInput = (isCoarse: boolean) => (isCoarse ? 66 : 52)

/** The editor without its grid; in a wide one the tools need one line less. */
const aroundEditor = (width: number, isCoarse: boolean) => (isCoarse ? 325 : width < 720 ? 242 : 210)

/** The test input's width in the strip of a narrow window, and its height without captions. */
const strip = { testInput: 112, height: 112, captions: 76 }

/** With less height, a cell of a 30×30 grid would be under three pixels: then the pairs continue below the window. */
const minPairHeight = 84
const minEditor = { height: 220, width: 380 }
const maxColumns = 3

/** Larger cells than these are no better to look at. */
const wanted = { train: 28, testInput: 34, output: 40 }

/** Places train pairs, test input and editor, all on one screen if possible. */
export function planLayout(needs: LayoutNeeds): Layout {
  const { window, hasSample } = needs
  if (window.width < 720) return planNarrow(window)
  const isUpright = window.width < 960 || window.width <= window.height
  // A sample needs a wide column for itself below the test input.
  const parts = hasSample ? [0.38, 0.32, 0.44] : [0.38, 0.32, 0.44, 0.22]
  const plans = [0.42, 0.38, 0.44, 0.46, 0.34, 0.5, 0.54, 0.58].flatMap((share) => {
    const panel = Math.floor(window.width * share)
    const stacked = [0.4, 0.3, 0.5].map((part) => planStacked(needs, panel, part))
    const beside = isUpright ? [] : parts.map((part) => planBeside(needs, panel, part))
    return hasSample && !isUpright ? beside : [...beside, ...stacked]
  })
  const isFit = ({ editor }: Layout) => editor.width >= minEditor.width
  const fitting = plans.some(isFit) ? plans.filter(isFit) : plans
  return fitting.reduce((best, plan) => (rate(plan, needs) > rate(best, needs) ? plan : best))
}

/** The larger the cells, the better; those of train pairs count most, being the smallest. */
function rate(layout: Layout, { train, testInput, output }: LayoutNeeds): number {
  const cell = Math.min(wanted.train, cellOfPairs(train, layout.pair))
  return (
    cell ** 3 *
    Math.min(wanted.testInput, fitCell(testInput, layout.testInput)) *
    Math.min(wanted.output, fitCell(output, layout.editor))
  )
}

function planBeside({ window, above, train, isCoarse }: LayoutNeeds, panel: number, part: number): Layout {
  const room = roomBelow(window, above)
  const rest = window.width - panel - 4 * gap
  const testInput = Math.floor(rest * part)
  const editor = rest - testInput - gap
  return {
    kind: 'beside',
    panel,
    ...planPairs({ width: panel, height: room }, train, isCoarse),
    testInput: { width: testInput, height: Math.max(200, Math.floor((room - aroundTestInput(isCoarse)) * 0.6)) },
    editor: {
      width: editor,
      height: Math.max(minEditor.height, Math.min(editor, room - aroundEditor(editor, isCoarse))),
    },
  }
}

function planStacked({ window, above, train, isCoarse }: LayoutNeeds, panel: number, part: number): Layout {
  const room = roomBelow(window, above)
  const rest = window.width - panel - 4 * gap
  const grids = room - aroundEditor(rest, isCoarse) - aroundTestInput(isCoarse) - gap
  const testInput = Math.max(120, Math.min(Math.floor(grids * part), grids - minEditor.height))
  return {
    kind: 'stacked',
    panel,
    ...planPairs({ width: panel, height: room }, train, isCoarse),
    testInput: { width: rest, height: testInput },
    editor: { width: rest, height: Math.max(minEditor.height, Math.min(rest, grids - testInput)) },
  }
}

function planNarrow({ width, height }: Viewport): Layout {
  const whole = width - 2 * gap
  const panel = whole - strip.testInput - gap
  return {
    kind: 'narrow',
    columns: 1,
    panel,
    // A little of the next pair shows that there is one.
    pair: { width: Math.floor((panel - arrow - gap) / 2), height: strip.height },
    testInput: { width: strip.testInput, height: strip.height },
    // The whole editor is visible below the strip, and on a phone held sideways, where the strip scrolls away, its grid.
    editor: {
      width: whole,
      height: Math.min(whole, Math.max(220, height - strip.height - strip.captions - aroundEditor(whole, true))),
    },
  }
}

function roomBelow({ height }: Viewport, above: number): number {
  return Math.max(480, height - above)
}

/** Uses the number of columns that makes the smallest cells largest: many small grids side by side, wide ones stacked. */
function planPairs(
  { width, height }: Slot,
  train: readonly Pair[],
  isCoarse: boolean,
): Pick<Layout, 'columns' | 'pair'> {
  const plans = Array.from({ length: maxColumns }, (_, index) => {
    const columns = index + 1
    const side = (width - index * gap) / columns
    const pair = {
      width: Math.floor((side - arrow) / 2),
      height: Math.floor(height / Math.ceil(train.length / columns)) - captionOfPair(isCoarse),
    }
    return { columns, pair, cell: cellOfPairs(train, pair) }
  })
  const { columns, pair } = plans.reduce((best, plan) => (plan.cell > best.cell ? plan : best))
  return { columns, pair: { width: pair.width, height: Math.max(minPairHeight, pair.height) } }
}

/** The smallest cell of any train grid; smaller than any that is drawn if they do not all fit. */
function cellOfPairs(train: readonly Pair[], slot: Slot): number {
  return Math.min(...train.flatMap(({ input, output }) => [measureCell(input, slot), measureCell(output, slot)]))
}
