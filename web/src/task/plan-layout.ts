import type { Slot } from '../grid/fit-cell.ts'
import type { Viewport } from '../parts/use-viewport.ts'

/** Sizes in pixels of what the task page shows. */
export interface Layout {
  /** `wide`: all beside each other; `narrow`: one below the other. */
  readonly kind: 'wide' | 'middle' | 'narrow'
  /** Columns of train pairs, and the width they have together. */
  readonly columns: number
  readonly panel: number
  /** Room for each grid of a train pair. */
  readonly pair: Slot
  readonly testInput: Slot
  readonly editor: Slot
}

/** Heights of what surrounds the grids; they follow the style sheet. */
const aboveTask = 116
const captionOfPair = 42
const aroundEditor = 248
const arrow = 28
const gap = 16

/** Where train pairs, test input and editor find their place, so that all of them are on one screen where that is possible. */
export function planLayout({ width, height }: Viewport, trainPairs: number): Layout {
  const room = Math.max(480, height - aboveTask)
  if (width < 720) {
    const half = Math.floor((width - 2 * gap - arrow) / 2)
    const whole = width - 2 * gap
    return {
      kind: 'narrow',
      columns: 1,
      panel: width - 2 * gap,
      pair: { width: half, height: half },
      testInput: { width: whole, height: 240 },
      editor: { width: whole, height: whole },
    }
  }
  const kind = width >= 1080 ? 'wide' : 'middle'
  const columns = trainPairs > 4 && kind === 'wide' ? 2 : 1
  const panel = kind === 'wide' ? Math.min(640, Math.floor(width * 0.4)) : Math.floor(width * 0.42)
  const rows = Math.ceil(trainPairs / columns)
  const side = Math.floor((panel - (columns - 1) * gap) / columns)
  const pair = {
    width: Math.floor((side - arrow) / 2),
    height: Math.min(260, Math.max(84, Math.floor(room / rows) - captionOfPair)),
  }
  const rest = width - panel - 4 * gap
  const editor = Math.min(620, kind === 'wide' ? Math.floor(rest * 0.62) : rest)
  return {
    kind,
    columns,
    panel,
    pair,
    testInput:
      kind === 'wide'
        ? { width: rest - editor - gap, height: Math.max(260, Math.floor(room * 0.4)) }
        : { width: rest, height: 200 },
    editor: { width: editor, height: Math.max(260, Math.min(editor, room - aroundEditor)) },
  }
}
