/** @jest-environment jsdom */
import { afterEach, describe, expect, test } from '@jest/globals'
import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react'
import type { RunSummary } from '../../../src/api/documents.ts'
import { buildRunSummary } from '../../../test/support/build-run-summary.ts'
import { useRoute } from '../address/navigate.ts'
import { refresh } from '../data/resources.ts'
import { RunsPage } from './RunsPage.tsx'

function answerWith(runs: readonly RunSummary[], damaged: readonly unknown[] = []): void {
  const text = async () => JSON.stringify({ runs, damaged })
  globalThis.fetch = async () => ({ ok: true, status: 200, text }) as Response // All that is read of it.
}

/** The page at the given address. */
function AtAddress() {
  const route = useRoute()
  return route.page === 'runs' ? <RunsPage view={route.view} /> : <p>{route.page}</p>
}

async function open(address = '/runs'): Promise<void> {
  window.history.replaceState(null, '', address)
  await act(async () => void render(<AtAddress />))
}

afterEach(async () => {
  cleanup()
  await act(async () => refresh(''))
})

describe('the list of runs', () => {
  test('says of each run what it asks, how far it is, what it scored and cost', async () => {
    const running = {
      state: 'running',
      tasks: { total: 20, done: 3, failed: 1 },
      waiting_for: '429 <b>slow down</b>',
    } as const
    answerWith([buildRunSummary({ run_id: 'done', samples: 4 }), buildRunSummary({ run_id: 'open', ...running })])
    await open()
    const [, done, live] = screen.getAllByRole('row')
    expect(done?.textContent).toContain('benchmark code · MODEL · 4 samples')
    expect(done?.textContent).toContain('50.0 %')
    expect(done?.textContent).toContain('of 20')
    expect(done?.textContent).toContain('$1.00')
    expect(live?.textContent).toContain('3 of 20 tasks, 1 failed')
    // Text of a provider is shown as text.
    expect(live?.textContent).toContain('waits: 429 <b>slow down</b>')
    expect(screen.getByRole('link', { name: 'done' }).getAttribute('href')).toBe('/runs/done')
  })

  test('shows a group as one row, which the address opens', async () => {
    answerWith(['a', 'b'].map((run_id) => buildRunSummary({ run_id, group: 'sweep' })))
    await open()
    expect(screen.queryByRole('link', { name: 'a' })).toBeNull()
    await act(async () => void fireEvent.click(screen.getByRole('button', { name: /^sweep 2 models/ })))
    expect(screen.getByRole('link', { name: 'a' })).toBeTruthy()
    expect(window.location.search).toBe('?open=sweep')
  })

  test('leads from ticked runs to their comparison', async () => {
    answerWith(['a', 'b', 'c'].map((run_id) => buildRunSummary({ run_id })))
    await open('/runs?picked=a')
    expect(screen.getByText('Tick another run to compare with')).toBeTruthy()
    await act(async () => void fireEvent.click(screen.getByRole('checkbox', { name: 'Compare b' })))
    const bar = screen.getByRole('region', { name: 'Ticked runs' })
    expect(within(bar).getByRole('link', { name: 'Compare' }).getAttribute('href')).toBe('/compare?runs=a%2Cb')
  })

  test('filters by the address, and says how many remain', async () => {
    answerWith([buildRunSummary({ run_id: 'a', model: 'KESTREL' }), buildRunSummary({ run_id: 'b' })])
    await open('/runs?model=KESTREL')
    expect(screen.getByText('1 of 2 runs')).toBeTruthy()
    await act(
      async () => void fireEvent.change(screen.getByRole('combobox', { name: 'Model' }), { target: { value: '' } }),
    )
    expect(screen.getAllByRole('row')).toHaveLength(3)
    expect(window.location.search).toBe('')
  })

  test('says what to do when there are none, and names those that are damaged', async () => {
    answerWith([], [{ run_id: 'broken', file: 'records/x.json', place: 'samples[0]', message: 'missing' }])
    await open()
    expect(screen.getByText(/arcloom resume RUN/)).toBeTruthy()
    cleanup()
    answerWith([])
    await act(async () => refresh(''))
    await open()
    expect(screen.getByText(/npx arcloom benchmark code/)).toBeTruthy()
  })
})
