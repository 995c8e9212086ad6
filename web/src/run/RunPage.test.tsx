/** @jest-environment jsdom */
import { afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react'
import { buildMatrixRow } from '../../../test/support/build-matrix-row.ts'
import { buildReport } from '../../../test/support/build-report.ts'
import { buildRunSummary } from '../../../test/support/build-run-summary.ts'
import { navigate, useRoute } from '../address/navigate.ts'
import { refresh } from '../data/resources.ts'
import { chooseSource, currentSource } from '../data/source.ts'
import { RunPage } from './RunPage.tsx'

const matrix = {
  run_id: 'one',
  samples: 2,
  rows: [
    buildMatrixRow('a', { resolution: 'solved', marks: 'rw', selected: [0] }),
    buildMatrixRow('b', { resolution: 'no-right-candidate', marks: 'pe', selected: [0] }),
    buildMatrixRow('c', {}),
  ],
  is_reading: false,
}
const about = {
  summary: buildRunSummary({ run_id: 'one', state: 'running', in_flight: 2, waiting_for: '<script>alert(1)</script>' }),
  document: null,
  answers: { stored: 5, wanted: 6 },
  controls: { max_concurrent_tasks: 5, save_interval: 10, budget_usd: 3 },
  no_budget: null,
  has_report: false,
  seconds_left: 720,
}
let answered: object = about

beforeAll(() => {
  // What is drawn depends on sizes, and jsdom has no layout.
  for (const size of ['clientWidth', 'clientHeight']) {
    Object.defineProperty(Element.prototype, size, { configurable: true, value: 600 })
  }
  globalThis.fetch = async (address) => {
    const document = typeof address === 'string' && address.endsWith('/matrix') ? matrix : answered
    return { ok: true, status: 200, text: async () => JSON.stringify(document) } as Response // All that is read of it.
  }
})

afterEach(async () => {
  answered = about
  cleanup()
  await act(async () => refresh(''))
})

/** The page at the given address. */
function AtAddress() {
  const route = useRoute()
  return route.page === 'run' ? <RunPage run={route.run} matrix={route.matrix} /> : <p>{route.page}</p>
}

async function open(address: string): Promise<void> {
  window.history.replaceState(null, '', address)
  await act(async () => void render(<AtAddress />))
}

const labels = (role: string) =>
  screen.getAllByRole(role).map((element) => element.getAttribute('aria-label') ?? element.textContent)

/** Moves the pointer over a cell, which has an element from then on. */
function pointAt(task: string, sample: number): void {
  const cells = screen.getByRole('rowheader', { name: new RegExp(task) }).nextElementSibling as Element
  // jsdom has no pointer events with a place.
  fireEvent(cells, new MouseEvent('pointermove', { bubbles: true, clientX: 26 * sample + 12 }))
}

describe("a run's page", () => {
  test('describes each task in words, and links to it', async () => {
    await open('/runs/one?order=name')
    expect(labels('columnheader')).toEqual(['Task, by sample', 'Sample 1', 'Sample 2'])
    expect(labels('rowheader')).toEqual([
      'task-a, solved, 1 of 2 samples right, selected: sample 1 (right)',
      'task-b, no right candidate, 0 of 2 samples right, selected: sample 1 (passes train, wrong on test)',
      'task-c, not recorded',
    ])
    const name = screen.getByRole('link', { name: 'task-b' })
    expect(name.getAttribute('href')).toBe('/runs/one/samples/b/0?order=name')
  })

  test.each([
    { task: 'task-a', sample: 0, words: 'Sample 1 of task-a: right, selected' },
    { task: 'task-a', sample: 1, words: 'Sample 2 of task-a: wrong' },
    { task: 'task-b', sample: 0, words: 'Sample 1 of task-b: passes train, wrong on test, selected' },
    { task: 'task-b', sample: 1, words: 'Sample 2 of task-b: program error' },
  ])('has a link for the sample under the pointer: $words', async ({ task, sample, words }) => {
    await open('/runs/one?order=name')
    pointAt(task, sample)
    const cell = screen.getByRole('link', { name: words })
    expect(cell.getAttribute('href')).toBe(`/runs/one/samples/${task.slice(-1)}/${sample}?order=name`)
    expect(cell.title).toBe(words)
    fireEvent.pointerLeave(screen.getByRole('grid'))
    // One stop in the tab order remains, the cell that the keyboard is at.
    expect(labels('gridcell')).toHaveLength(1)
  })

  test.each([
    { where: 'a task that is not recorded', task: 'task-c', sample: 0 },
    { where: 'beyond the last sample', task: 'task-b', sample: 2 },
  ])('has no link $where', async ({ task, sample }) => {
    await open('/runs/one')
    pointAt(task, sample)
    expect(screen.getAllByRole('link', { name: /^Sample/ })).toHaveLength(1)
  })

  test('says what its counts are over, and filters by them', async () => {
    await open('/runs/one')
    expect(screen.getByText('All counts are over 3 tasks with 2 samples each; 1 not recorded yet')).toBeTruthy()
    await act(async () => void fireEvent.click(screen.getByRole('button', { name: /program error/ })))
    expect(window.location.search).toBe('?mark=error')
    expect(screen.getByText('1 of 3 tasks')).toBeTruthy()
    expect(labels('rowheader')).toEqual([expect.stringMatching(/^task-b/)])
    await act(async () => void fireEvent.click(screen.getByRole('button', { name: /program error/ })))
    expect(window.location.search).toBe('')
  })

  test('is one stop in the tab order, within which keys move the focus', async () => {
    await open('/runs/one?order=name')
    const stops = screen.getAllByRole('link', { name: /^Sample/ }).filter(({ tabIndex }) => tabIndex === 0)
    expect(stops).toHaveLength(1)
    act(() => stops[0]?.focus())
    const press = (key: string, keys: { readonly ctrlKey?: boolean } = {}) => {
      const isLeft = fireEvent.keyDown(document.activeElement ?? document.body, { key, ...keys })
      return [document.activeElement?.getAttribute('href')?.split('?')[0], isLeft]
    }
    const [a1, a2] = ['/runs/one/samples/a/0', '/runs/one/samples/a/1']
    const [b1, b2] = ['/runs/one/samples/b/0', '/runs/one/samples/b/1']
    expect(press('ArrowRight')).toEqual([a2, false])
    expect(press('ArrowDown')).toEqual([b2, false])
    expect(press('ArrowLeft')).toEqual([b1, false])
    expect(press('ArrowUp')).toEqual([a1, false])
    // At an edge, with no recorded task below it, and with a modifier, the key is the browser's.
    expect(press('ArrowUp')).toEqual([a1, true])
    expect(press('ArrowLeft')).toEqual([a1, true])
    expect(press('ArrowRight', { ctrlKey: true })).toEqual([a1, true])
    press('ArrowDown')
    expect(press('ArrowDown')).toEqual([b1, true])
  })

  test('keeps the focus on a task when the order changes', async () => {
    await open('/runs/one?order=name')
    pointAt('task-b', 1)
    act(() => screen.getByRole('link', { name: /^Sample 2 of task-b/ }).focus())
    fireEvent.pointerLeave(screen.getByRole('grid'))
    await act(async () => navigate({ page: 'run', run: 'one', matrix: { order: 'fewest-right' } }, { replace: true }))
    expect(labels('rowheader')[0]).toMatch(/^task-(b|c)/)
    expect(document.activeElement?.getAttribute('aria-label')).toBe('Sample 2 of task-b: program error')
  })

  test('says as text what an open run is doing, and why it waits', async () => {
    await open('/runs/one')
    expect(screen.getByText('2 requests in flight; about 12 min left, by the pace of the latest answers')).toBeTruthy()
    expect(screen.getByText('<script>alert(1)</script>')).toBeTruthy()
    expect(screen.getByText('5 of 6')).toBeTruthy()
    expect(screen.getByText('of a budget of $3')).toBeTruthy()
  })

  test.each([
    {
      what: 'in the gate’s words alone, where the rate limit is what they tell of',
      limited_by: { kind: 'gate', name: 'the rate limit', words: '24 more requests wait' },
      said: ['3 requests wait for one of 40 places.'],
    },
    {
      what: 'with another bottleneck, and calls flags as the page does',
      limited_by: { kind: 'provider', name: 'the provider', words: 'To have more at once: --max-concurrent-tasks' },
      said: [
        '3 requests wait for one of 40 places.',
        'Limited by the provider: To have more at once: “Tasks at once”.',
      ],
    },
  ])('says what the pace is limited by $what', async ({ limited_by, said }) => {
    const { document } = buildReport([[], []], { state: 'running' })
    const summary = { ...about.summary, gate_wait: '3 requests wait for one of 40 places' }
    answered = { ...about, summary, document: { ...document, limited_by } }
    await open('/runs/one')
    expect(screen.getAllByText(/^Limited by|requests wait/).map(({ textContent }) => textContent)).toEqual(said)
  })

  test.each([
    { where: 'from a server', isLive: true, links: 1 },
    { where: 'on a written site, which has no page for it', isLive: false, links: 0 },
  ])('links to the labels $where: $links', async ({ isLive, links }) => {
    const source = currentSource()
    chooseSource({ ...source, isLive })
    await open('/runs/one')
    expect(screen.queryAllByRole('link', { name: 'Label its reasoning' })).toHaveLength(links)
    chooseSource(source)
  })

  test.each([
    { recorded: 'nothing', samples: [], shown: 'none before the first task is recorded' },
    { recorded: 'one task', samples: [{ passes: true, outputs: [[[5]]] }], shown: 'over 1 recorded task' },
  ])('scores an open run over what is recorded: $recorded', async ({ samples, shown }) => {
    const { document } = buildReport([samples, []], { state: 'running' })
    answered = { ...about, document }
    await open('/runs/one')
    expect(screen.getByText(shown)).toBeTruthy()
    expect(screen.queryByText('over 2 tasks')).toBeNull()
  })
})
