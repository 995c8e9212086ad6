/** @jest-environment jsdom */
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react'
import type { CompareDocument, SelectedDocument } from '../../../src/api/documents.ts'
import { compareRuns } from '../../../src/domain/compare/compare-runs.ts'
import { listDifferingTasks } from '../../../src/domain/compare/list-differing-tasks.ts'
import { buildReport } from '../../../test/support/build-report.ts'
import { buildPairs } from '../../../test/support/build-run.ts'
import { navigate, useRoute } from '../address/navigate.ts'
import { refresh } from '../data/resources.ts'
import { ComparePage } from './ComparePage.tsx'

const right = buildPairs(0).test.map(({ output }) => output)

/** A run that solved these of its tasks. */
function buildRun(runId: string, solved: readonly boolean[], specification: { readonly prompt_hash: string }) {
  const outputs = (index: number) => buildPairs(index).test.map(({ output }) => output)
  return buildReport(
    solved.map((isSolved, index) => [{ passes: true, outputs: isSolved ? outputs(index) : [[[5]]] }]),
    { runId, specification },
  )
}

const runs = [
  buildRun('a', [true, false, true], { prompt_hash: '0123456789abcdef'.repeat(4) }),
  buildRun('b', [false, true, true], { prompt_hash: 'fedcba9876543210'.repeat(4) }),
]
let document: CompareDocument = { comparison: compareRuns(runs), left_out: [], tasks: listDifferingTasks(runs) }
const whole = document
let refusal: { readonly type: string; readonly message: string } | undefined

beforeEach(() => {
  refusal = undefined
  document = whole
  window.scrollTo = () => {}
  globalThis.fetch = async (address) => {
    const text = typeof address === 'string' ? address : ''
    const ok = refusal === undefined || text.includes('common=yes')
    return {
      ok,
      status: ok ? 200 : 409,
      text: async () => JSON.stringify(ok ? answerTo(text) : { error: refusal }),
    } as Response // All that is read of it.
  }
})
afterEach(async () => {
  cleanup()
  await act(async () => refresh(''))
})

function answerTo(address: string): unknown {
  if (address.startsWith('/api/compare')) return document
  if (address.includes('/expected/')) return { outputs: right }
  const run = /\/runs\/(\w)\//.exec(address)?.[1] ?? ''
  const grid = run === 'a' ? right[0] : [[5]]
  const selected: SelectedDocument = {
    run,
    item: { key: 'task-0', task_id: 'task-0', version: 0, dataset: 'd', split: 's', view: null },
    recorded: true,
    test_inputs: [[[1]]],
    attempts: [[{ grid: grid ?? [], right: run === 'a', samples: [0] }]],
  }
  return selected
}

function Host() {
  const route = useRoute()
  return route.page === 'compare' ? <ComparePage route={route} /> : null
}

async function open(): Promise<void> {
  await act(async () => navigate({ page: 'compare', runs: ['a', 'b'] }))
  render(<Host />)
  await screen.findByText('Compare a, b')
}

const follow = (name: string | RegExp, role = 'link') =>
  act(async () => void fireEvent.click(screen.getByRole(role, { name })))

test('says how far the runs are apart in the words of the command line', async () => {
  await open()
  const pair = within(screen.getByRole('region', { name: 'Differences' }))
  expect(pair.getByText(document.comparison.pairs[0]?.verdict ?? '')).toBeTruthy()
  expect(pair.getByRole('heading', { name: /^a minus b/ })).toBeTruthy()
  expect(pair.getByText('They differ in the wording of the prompt, by its hash: 01234567…, not fedcba98…')).toBeTruthy()
  expect(pair.getByText("McNemar's exact test: p = 1.000")).toBeTruthy()
  expect(screen.getByText('All scores are over the 3 tasks that all of these runs have.')).toBeTruthy()
})

test('leads in two clicks from a task that only one run solved to both grids, and from there to the expected one', async () => {
  await open()
  await follow('a solved, b did not: 1')
  expect(screen.queryByRole('button', { name: 'task-1' })).toBeNull()
  await follow('task-0', 'button')
  expect(screen.getByRole('img', { name: 'a, attempt 1' })).toBeTruthy()
  expect(screen.getByText('1 × 1; that of a is 2 × 4.')).toBeTruthy()
  await follow('the expected output', 'button')
  expect(screen.getByText('1 × 1; the expected output is 2 × 4.')).toBeTruthy()
  expect(screen.getByText('The same as the expected output.')).toBeTruthy()
  // A pasted address shows the same.
  expect(new URLSearchParams(window.location.search).get('open')).toBe('task-0')
  cleanup()
  render(<Host />)
  expect(screen.getByText('1 × 1; the expected output is 2 × 4.')).toBeTruthy()
})

test('leads from a filter back to all tasks, and to the list of runs with these still ticked', async () => {
  await open()
  await follow('a solved, b did not: 1')
  expect(screen.queryByRole('button', { name: 'task-1' })).toBeNull()
  await follow('Show all tasks on which they differ')
  expect(screen.getByRole('button', { name: 'task-1' })).toBeTruthy()
  expect(screen.queryByRole('link', { name: 'Show all tasks on which they differ' })).toBeNull()
  await follow('Choose other runs')
  expect(new URLSearchParams(window.location.search).get('picked')).toBe('a,b')
})

test('runs of different tasks are compared when asked for', async () => {
  refusal = { type: 'different-tasks', message: 'The runs have different tasks.' }
  await open()
  expect(screen.getByRole('alert').textContent).toBe('The runs have different tasks.')
  await follow('Compare only the tasks all runs have')
  expect(screen.getByRole('region', { name: 'Differences' })).toBeTruthy()
})

test('says that cost, tokens and time are of whole runs where only some of their tasks are compared', async () => {
  await open()
  expect(screen.getByRole('columnheader', { name: 'Tokens' })).toBeTruthy()
  cleanup()
  await act(async () => refresh(''))
  document = { ...whole, comparison: { ...whole.comparison, common_tasks: 2 } }
  await open()
  expect(screen.getByRole('columnheader', { name: 'Tokens of the whole run' })).toBeTruthy()
})
