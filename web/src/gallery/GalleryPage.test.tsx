/** @jest-environment jsdom */
import { afterEach, describe, expect, test } from '@jest/globals'
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react'
import { refresh } from '../data/resources.ts'
import { GalleryPage } from './GalleryPage.tsx'

const task = {
  key: 'swap',
  task_id: 'swap',
  places: [{ dataset: 'tasks', split: 'training' }],
  input: '12',
  output: '21',
  train: 2,
  test: 1,
  largest_side: 2,
  versions: 0,
  traces: 0,
}

/** Makes the server answer like this, whatever the request. */
function answerWith(answers: Readonly<Record<string, unknown>>): void {
  globalThis.fetch = async (address) => {
    const answer = Object.entries(answers).find(([prefix]) => typeof address === 'string' && address.startsWith(prefix))
    if (!answer) throw new TypeError('fetch failed')
    return { ok: true, status: 200, text: async () => JSON.stringify(answer[1]) } as Response // All that is read of it.
  }
}

const progress = { solved: { swap: 1 }, views: {} }
const open = (filters = {}) => act(async () => void render(<GalleryPage filters={filters} />))

afterEach(async () => {
  cleanup()
  localStorage.clear()
  await act(async () => refresh(''))
})

describe('the gallery', () => {
  test('names each task by id, place, pairs, and whether it is solved', async () => {
    answerWith({ '/api/tasks': { tasks: [task], faults: [] }, '/api/progress': progress })
    await open()
    const link = screen.getByRole('link')
    expect(link.textContent).toContain('swap✓solvedtasks · training')
    expect(link.textContent).toContain('2 train, 1 test')
    expect(screen.getByTitle('2 train pairs, 1 test input')).toBeTruthy()
    expect(link.getAttribute('href')).toBe('/tasks/swap')
  })

  test('says how often runs and people solved a task, and shows the hash behind its id apart', async () => {
    const rates = { runs: { 'swap-1a2b3c4d': [2, 3] }, people: { 'swap-1a2b3c4d': [0, 1] } }
    answerWith({
      '/api/tasks': { tasks: [{ ...task, key: 'swap-1a2b3c4d' }], faults: [] },
      '/api/progress': progress,
      '/api/solved/rates': rates,
    })
    await open()
    screen.getByText('solved by 2 of 3 runs, solved by 0 of 1 person')
    expect(screen.getByText('-1a2b3c4d').className).toMatch(/cardHash/)
  })

  test('says where tasks are looked for when there are none', async () => {
    answerWith({ '/api/tasks': { tasks: [], faults: [] }, '/api/progress': progress })
    await open()
    expect(screen.getByRole('heading', { name: 'No tasks yet' })).toBeTruthy()
    expect(screen.getByText('data/datasets')).toBeTruthy()
  })

  test('names files that could not be read', async () => {
    answerWith({ '/api/tasks': { tasks: [task], faults: ['x.json at train: missing'] }, '/api/progress': progress })
    await open()
    expect(screen.getByText('One file could not be read')).toBeTruthy()
    expect(screen.getByText('x.json at train: missing')).toBeTruthy()
  })

  test('shows an active filter even when it is no longer offered', async () => {
    answerWith({ '/api/tasks': { tasks: [task], faults: [] }, '/api/progress': progress })
    await open({ dataset: 'gone', side: [3, 7] })
    expect(screen.getByRole('combobox', { name: 'Dataset' })).toMatchObject({ value: 'gone' })
    for (const words of ['gone', 'longest side 3 to 7']) screen.getByRole('button', { name: `Remove: ${words}` })
    await act(async () => void fireEvent.click(screen.getByRole('button', { name: 'More' })))
    expect(screen.getByRole('combobox', { name: 'Size' })).toMatchObject({ value: '3-7' })
  })

  test('does not show a task as unsolved until it is known what is solved', async () => {
    answerWith({ '/api/tasks': { tasks: [task], faults: [] } })
    await open({ solved: 'no' })
    expect(screen.queryByRole('link')).toBeNull()
    expect(screen.getByText(/npx arcloom up/)).toBeTruthy()
  })

  test('says that the server does not answer, and retries when told to', async () => {
    answerWith({})
    await open()
    expect(screen.getByRole('alert').textContent).toMatch(/npx arcloom up/)
    answerWith({ '/api/tasks': { tasks: [task], faults: [] }, '/api/progress': progress })
    await act(async () => void fireEvent.click(screen.getByRole('button', { name: 'Try again' })))
    expect(screen.getByRole('link')).toBeTruthy()
  })
})
