/** @jest-environment jsdom */
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react'
import type { TaskDocument } from '../../../src/api/documents.ts'
import { navigate, useRoute } from '../address/navigate.ts'
import { plainView } from '../address/route.ts'
import { refresh } from '../data/resources.ts'
import { store } from '../preferences/stored.ts'
import { TaskPage } from './TaskPage.tsx'

/** Answers of the server that a test holds back, by the address. */
let held: { readonly address: string; readonly answer: () => void }[]
let isHeld: (method: string, address: string) => boolean

beforeEach(() => {
  held = []
  isHeld = () => false
  window.scrollTo = () => {}
  store('person', 'Ada')
  store('transform', 'open')
  globalThis.fetch = async (address, options) => {
    const text = typeof address === 'string' ? address : ''
    const method = options?.method ?? 'GET'
    if (isHeld(method, text)) await new Promise<void>((answer) => held.push({ address: text, answer }))
    return { ok: true, status: 200, text: async () => JSON.stringify(answerTo(method, text)) } as Response // All that is read of it.
  }
})
afterEach(async () => {
  cleanup()
  localStorage.clear()
  await act(async () => refresh(''))
})

const summarize = (key: string) => ({
  key,
  task_id: key,
  places: [],
  input: '1',
  output: '1',
  train: 1,
  test: 1,
  largest_side: 1,
  versions: 0,
  traces: 0,
})

function answerTo(method: string, address: string): unknown {
  if (address === '/api/tasks') return { tasks: ['first', 'way-on', 'done', 'last'].map(summarize), faults: [] }
  if (address.startsWith('/api/progress')) return { solved: { done: 1 }, views: {} }
  if (address === '/api/solved/rates') return { runs: {}, people: {} }
  if (method === 'POST' && address.includes('/submissions')) return { correct: true, tries: 1, solved_in: 1 }
  if (method === 'POST') return { version: 1, outcome: 'added' }
  const key = /^\/api\/tasks\/([^/?]+)/.exec(address)?.[1] ?? ''
  const task: TaskDocument = {
    key,
    task_id: key,
    places: [],
    hash: address,
    // Sizes that differ: one begins to draw in three by three cells.
    train: [{ input: [[1]], output: [[1, 1]] }],
    test_inputs: [[[1]]],
    known_outputs: [true],
    versions: [],
    same_as: null,
  }
  return task
}

function Host() {
  const route = useRoute()
  return route.page === 'task' ? <TaskPage taskKey={route.key} view={route.view} filters={route.filters} /> : null
}

async function open(key: string): Promise<void> {
  await act(async () => navigate({ page: 'task', key, view: plainView, filters: {} }))
}

const click = (name: string) => act(async () => void fireEvent.click(screen.getByRole('button', { name })))
const key = (name: string) => act(async () => void fireEvent.keyDown(document.body, { key: name }))
const answerAll = () => act(async () => held.splice(0).forEach(({ answer }) => answer()))

function readDrawn(): string {
  const rows = [...document.querySelectorAll('[aria-readonly=false] [role=row]')]
  return rows.map((row) => [...row.children].map((cell) => /\bs(\d)/.exec(cell.className)?.[1]).join('')).join('/')
}

/** A 2 in the first cell of the initial blank grid. */
async function drawTwo(): Promise<void> {
  for (const name of ['2', 'e']) await key(name)
  const grid = document.querySelector('[aria-readonly=false]')
  if (!grid) throw new Error('there is no editor')
  await act(async () => void fireEvent.keyDown(grid, { key: 'Enter' }))
}

test('a drawing follows transforms that are added faster than the server answers', async () => {
  await open('quick')
  render(<Host />)
  await act(async () => {})
  await drawTwo()
  expect(readDrawn()).toBe('200/000/000')
  isHeld = (method) => method === 'GET'
  await click('Rotate clockwise')
  await click('Rotate clockwise')
  await answerAll()
  expect(readDrawn()).toBe('000/000/002')
})

test('a hovering piece follows as it is shown', async () => {
  await open('hovers')
  render(<Host />)
  await act(async () => {})
  await drawTwo()
  await act(async () => void fireEvent.keyDown(document.body, { key: 'a', ctrlKey: true }))
  await key('m')
  expect(readDrawn()).toBe('200/000/000')
  await click('Rotate clockwise')
  expect(readDrawn()).toBe('002/000/000')
})

test('a user who went on to another task stays there when a version of the last one is signed', async () => {
  await open('signed')
  render(<Host />)
  await act(async () => {})
  await click('Rotate clockwise')
  isHeld = (method) => method === 'POST'
  await click('Sign this version')
  await open('next')
  await answerAll()
  expect(window.location.pathname).toBe('/tasks/next')
})

test('an untouched grid is not submitted', async () => {
  const sent: string[] = []
  isHeld = (method, address) => {
    if (method === 'POST') sent.push(address)
    return false
  }
  await open('untouched')
  render(<Host />)
  await act(async () => {})
  await click('Submit')
  expect(screen.getByText('Draw the output first. No try was used.')).toBeTruthy()
  expect(sent).toEqual([])
  await drawTwo()
  await click('Submit')
  expect(sent).toHaveLength(1)
})

test('after a right answer the next unsolved task is one key away', async () => {
  await open('way-on')
  render(<Host />)
  await act(async () => {})
  await drawTwo()
  expect(screen.queryByRole('link', { name: 'Next unsolved →' })).toBeNull()
  await click('Submit')
  expect(screen.getByRole('link', { name: 'Next unsolved →' }).getAttribute('href')).toBe('/tasks/last')
})
