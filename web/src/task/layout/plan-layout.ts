import type { Pair } from '../../../../src/domain/tasks/task.ts'
import { fitCell, type Slot } from '../../grid/fit-cell.ts'
import type { Viewport } from '../../parts/use-viewport.ts'

/** Sizes in pixels of the parts of the task page. */
export interface Layout {
  /** `wide`: all side by side; `narrow`: stacked. */
  readonly kind: 'wide' | 'middle' | 'narrow'
  /** Columns of train pairs, and their total width. */
  readonly columns: number
  readonly panel: number
  /** Space for each grid of a train pair. */
  readonly pair: Slot
  readonly testInput: Slot
  readonly editor: Slot
}

/** Heights of what surrounds the grids; they follow the style sheet. */
const aboveTask = 116
const captionOfPair = 42
const aroundEditor = 248
const aroundTestInput = 72
const arrow = 28
const gap = 16

/** With less height, a cell of a 30×30 grid would be under three pixels: then the pairs continue below the window. */
const minPairHeight = 84
const maxColumns = 3

/** Places train pairs, test input and editor, all on one screen if possible. */
export function planLayout({ width, height }: Viewport, train: readonly Pair[]): Layout {
  const room = Math.max(480, height - aboveTask)
  if (width < 720) {
    const whole = width - 2 * gap
    const half = Math.floor((whole - arrow) / 2)
    return {
      kind: 'narrow',
      columns: 1,
      panel: whole,
      pair: { width: half, height: half },
      testInput: { width: whole, height: 240 },
      // Also on a phone held sideways, or in a zoomed window, the whole editor is visible.
      editor: { width: whole, height: Math.min(whole, Math.max(260, height - 2 * gap)) },
    }
  }
  const kind = width >= 960 && width > height ? 'wide' : 'middle'
  const panel = Math.floor(width * (kind === 'wide' ? 0.4 : 0.42))
  const rest = width - panel - 4 * gap
  if (kind === 'middle') {
    const testInput = { width: rest, height: 200 }
    const remaining = room - aroundEditor - testInput.height - aroundTestInput
    return {
      kind,
      panel,
      ...planPairs({ width: panel, height: room }, train),
      testInput,
      editor: { width: rest, height: Math.max(260, Math.min(rest, remaining)) },
    }
  }
  const editor = Math.floor(rest * 0.62)
  return {
    kind,
    panel,
    ...planPairs({ width: panel, height: room }, train),
    testInput: { width: rest - editor - gap, height: Math.max(260, Math.floor(room * 0.4)) },
    editor: { width: editor, height: Math.max(260, Math.min(editor, room - aroundEditor)) },
  }
}

/** Uses the number of columns that makes the smallest cells largest: many small grids side by side, wide ones stacked. */
function planPairs({ width, height }: Slot, train: readonly Pair[]): Pick<Layout, 'columns' | 'pair'> {
  const plans = Array.from({ length: maxColumns }, (_, index) => {
    const columns = index + 1
    const side = (width - index * gap) / columns
    const pair = {
      width: Math.floor((side - arrow) / 2),
      height: Math.floor(height / Math.ceil(train.length / columns)) - captionOfPair,
    }
    return {
      columns,
      pair,
      cell: Math.min(...train.flatMap(({ input, output }) => [input, output]).map((grid) => fitCell(grid, pair))),
    }
  })
  const { columns, pair } = plans.reduce((best, plan) => (plan.cell > best.cell ? plan : best))
  return { columns, pair: { width: pair.width, height: Math.max(minPairHeight, pair.height) } }
}
