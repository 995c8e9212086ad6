import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { isGrid, type Grid } from '../../../src/domain/grids/grid.ts'
import { packGrid, parsePackedGrid } from '../../../src/domain/grids/pack-grid.ts'
import { clipArea } from '../grid/edit-grid.ts'
import { createEditorState, tools, visibleGrid, type EditorState } from './editor-state.ts'
import { reduceEditor, type EditorAction } from './reduce-editor.ts'

const gridOf = (packed: string): Grid => parsePackedGrid(packed) ?? []
const begin = (packed: string) => createEditorState(gridOf(packed))
const run = (state: EditorState, ...actions: EditorAction[]) => actions.reduce(reduceEditor, state)
const shown = (state: EditorState) => packGrid(visibleGrid(state))

const press = (row: number, column: number): EditorAction => ({ type: 'press', cell: { row, column } })
const drag = (row: number, column: number): EditorAction => ({ type: 'drag', cell: { row, column } })
const release: EditorAction = { type: 'release' }
const undo: EditorAction = { type: 'undo' }
const redo: EditorAction = { type: 'redo' }
const tool = (name: EditorState['tool']): EditorAction => ({ type: 'choose-tool', tool: name })
const symbol = (chosen: number): EditorAction => ({ type: 'choose-symbol', symbol: chosen })
const move = (rows: number, columns: number, extend = false): EditorAction => {
  return { type: 'move-cursor', rows, columns, extend }
}
const select = (from: [number, number], to: [number, number]) => [tool('select'), press(...from), drag(...to), release]

describe('drawing', () => {
  test('paints the cells that a drag passes, including those it skips', () => {
    expect(shown(run(begin('000/000/000'), symbol(3), press(0, 0), drag(2, 2), release))).toBe('300/030/003')
  })

  test('is one step of the history, however long the drag', () => {
    const drawn = run(begin('000'), symbol(3), press(0, 0), drag(0, 1), drag(0, 2), release)
    expect(drawn.past).toHaveLength(1)
    expect(shown(run(drawn, undo))).toBe('000')
    expect(shown(run(drawn, undo, redo))).toBe('333')
  })

  test('ends at the edge', () => {
    expect(shown(run(begin('000/000'), symbol(1), press(0, 1), drag(-5, 1), release))).toBe('010/000')
  })

  test('is undone by Escape during a drag', () => {
    const state = run(begin('00'), symbol(1), press(0, 0), drag(0, 1), { type: 'escape' })
    expect([shown(state), state.past.length]).toEqual(['00', 0])
  })

  test('with the symbol that is already there adds no step', () => {
    expect(run(begin('1'), symbol(1), press(0, 0), release).past).toEqual([])
  })
})

test('a rectangle is filled from corner to corner, whichever comes first', () => {
  const corners = [tool('rectangle'), symbol(2), press(2, 2), drag(0, 1), release]
  expect(shown(run(begin('000/000/000'), ...corners))).toBe('022/022/022')
})

test.each([
  ['the area connected by sides', '110/010/001', [0, 0], '550/050/001'],
  ['no cell beyond a corner', '10/01', [0, 0], '50/01'],
  ['all cells of one colour', '00/00', [1, 1], '55/55'],
])('a fill changes %s', (_, before, [row = 0, column = 0], after) => {
  expect(shown(run(begin(before), tool('fill'), symbol(5), press(row, column)))).toBe(after)
})

test('picking takes the symbol of a cell and returns to drawing', () => {
  expect(run(begin('07'), tool('pick'), press(0, 1))).toMatchObject({ symbol: 7, tool: 'draw' })
})

describe('the selection', () => {
  test('is filled by choosing a symbol, as in the official interface', () => {
    expect(shown(run(begin('000/000'), ...select([0, 1], [1, 2]), symbol(4)))).toBe('044/044')
  })

  test('is cleared', () => {
    expect(shown(run(begin('111/111'), ...select([0, 0], [0, 1]), { type: 'blank' }))).toBe('001/111')
  })

  test('is moved by a drag inside it, in one step', () => {
    const moved = run(begin('120/000'), ...select([0, 0], [0, 1]), press(0, 1), drag(1, 2), release)
    expect(shown(moved)).toBe('000/012')
    expect(moved.selection).toEqual({ row: 1, column: 1, height: 1, width: 2 })
    expect(shown(run(moved, undo))).toBe('120/000')
  })

  test('is moved by keys', () => {
    const lifted = run(begin('10/00'), ...select([0, 0], [0, 0]), { type: 'lift' }, move(1, 0), move(0, 1))
    expect(shown(lifted)).toBe('00/01')
    expect(shown(run(lifted, { type: 'apply' }))).toBe('00/01')
    expect(shown(run(lifted, { type: 'escape' }))).toBe('10/00')
  })

  test('is mirrored and turned in place', () => {
    const chosen = run(begin('120/000'), ...select([0, 0], [0, 1]))
    expect(shown(run(chosen, { type: 'flip', symmetry: 'mirror-left-right' }))).toBe('210/000')
    expect(shown(run(chosen, { type: 'flip', symmetry: 'rotate-90' }))).toBe('100/200')
  })

  test('grows from where Shift was first held', () => {
    const state = run(begin('000/000/000'), move(1, 1), move(1, 0, true), move(0, 1, true))
    expect(state.selection).toEqual({ row: 1, column: 1, height: 2, width: 2 })
  })

  test('is cleared by a click outside it', () => {
    expect(run(begin('000'), ...select([0, 0], [0, 1]), press(0, 2), release).selection).toBeNull()
  })
})

test('the status says which tool is active, and where a hovering piece is', () => {
  const chosen = run(begin('10/00'), tool('fill'))
  expect(chosen.said.text).toBe('tool: fill')
  const moved = run(chosen, { type: 'copy' }, { type: 'paste' }, move(1, 0))
  expect(moved.said.text).toBe('its corner at row 2, column 1')
})

describe('pasting', () => {
  const copied = run(begin('120/000/000'), ...select([0, 0], [0, 1]), { type: 'copy' }, { type: 'escape' })

  test('shows the piece before it is placed', () => {
    const hovering = run(copied, { type: 'paste' }, move(2, 0))
    expect([shown(hovering), packGrid(hovering.grid)]).toEqual(['120/000/012', '120/000/000'])
    expect(shown(run(hovering, { type: 'apply' }))).toBe('120/000/012')
  })

  test('follows the pointer, and a press places it', () => {
    const hovering = run(copied, { type: 'paste' }, { type: 'hover', cell: { row: 1, column: 1 } })
    expect(shown(run(hovering, press(1, 1), release))).toBe('120/012/000')
  })

  test('is cancelled by Escape and by undo', () => {
    for (const type of ['escape', 'undo'] as const) {
      expect(shown(run(copied, { type: 'paste' }, move(1, 0), { type }))).toBe('120/000/000')
    }
  })

  test('cuts off what hangs over the edge', () => {
    expect(shown(run(copied, { type: 'paste' }, move(0, 2), { type: 'apply' }))).toBe('121/000/000')
  })

  test('with nothing copied changes nothing', () => {
    expect(run(begin('0'), { type: 'paste' }).floating).toBeNull()
  })
})

test.each([
  [1, 1, '1'],
  [3, 3, '120/340/000'],
  [2, 1, '1/3'],
])('a resize to %i×%i keeps the upper left', (height, width, after) => {
  expect(shown(run(begin('12/34'), { type: 'resize', height, width }))).toBe(after)
})

test('by keyboard, using the rectangle tool twice draws one rectangle', () => {
  const use: EditorAction = { type: 'apply' }
  expect(shown(run(begin('000/000'), tool('rectangle'), symbol(6), use, move(1, 1), use))).toBe('660/660')
})

const repeat = (action: EditorAction, times: number) => Array.from({ length: times }, () => action)

describe('after any actions', () => {
  const cell = fc.record({ row: fc.integer({ min: -2, max: 32 }), column: fc.integer({ min: -2, max: 32 }) })
  const side = fc.integer({ min: -3, max: 40 })
  const symmetry = fc.constantFrom('mirror-left-right', 'mirror-top-bottom', 'rotate-90', 'rotate-180' as const)
  const anyAction: fc.Arbitrary<EditorAction> = fc.oneof(
    { weight: 6, arbitrary: fc.record({ type: fc.constantFrom('press', 'drag', 'hover' as const), cell }) },
    {
      weight: 6,
      arbitrary: fc.record({
        type: fc.constantFrom(
          'release',
          'apply',
          'blank',
          'escape',
          'undo',
          'redo',
          'copy',
          'cut',
          'paste',
          'lift',
          'select-all',
        ),
      }),
    },
    { weight: 2, arbitrary: fc.record({ type: fc.constant('choose-tool'), tool: fc.constantFrom(...tools) }) },
    {
      weight: 2,
      arbitrary: fc.record({ type: fc.constant('choose-symbol'), symbol: fc.integer({ min: 0, max: 9 }) }),
    },
    {
      weight: 3,
      arbitrary: fc.record({
        type: fc.constant('move-cursor'),
        rows: fc.integer({ min: -1, max: 1 }),
        columns: fc.integer({ min: -1, max: 1 }),
        extend: fc.boolean(),
      }),
    },
    { weight: 1, arbitrary: fc.record({ type: fc.constant('flip'), symmetry }) },
    { weight: 1, arbitrary: fc.record({ type: fc.constant('resize'), height: side, width: side }) },
  )
  const anyActions = fc.array(anyAction, { maxLength: 60 })

  test('there is a grid, with cursor and selection inside it', () => {
    fc.assert(
      fc.property(anyActions, (actions) => {
        const state = run(begin('012/345'), ...actions)
        const { cursor, selection, grid } = state
        expect(isGrid(visibleGrid(state))).toBe(true)
        expect(grid[cursor.row]?.[cursor.column]).toBeDefined()
        if (selection) expect(clipArea(selection, grid)).toEqual(selection)
      }),
    )
  })

  test('undoing everything leads back to the beginning, and redoing everything to the end', () => {
    fc.assert(
      fc.property(anyActions, (actions) => {
        const end = run(begin('012/345'), ...actions, { type: 'escape' }, { type: 'escape' })
        const steps = end.past.length
        const back = run(end, ...repeat(undo, steps))
        expect([shown(back), back.past]).toEqual(['012/345', []])
        expect(shown(run(back, ...repeat(redo, steps)))).toBe(shown(end))
      }),
    )
  })
})
