import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { Hono } from 'hono'
import { buildPairs } from '../../test/support/build-run.ts'
import { recordRun, type SaidSample } from '../../test/support/record-run.ts'
import type { RecipeName } from '../domain/recipes/recipe.ts'
import type { Task } from '../domain/tasks/task.ts'
import { createApp } from './create-app.ts'
import type { LabelQueueDocument, LabelSubjectDocument } from './documents.ts'
import type { Library } from './library.ts'
import { openLibrary } from './open-library.ts'

const task: Task = { taskId: 'task-0', version: 0, dataset: 'd', split: 'training', ...buildPairs(0) }
const program = '```python\ndef solve(g):\n    return g[::-1]\n```'

let root: string
let library: Library
let app: Hono
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'arcloom-api-labels-'))
  await mkdir(join(root, 'data/tasks/training'), { recursive: true })
  await writeFile(join(root, 'data/tasks/training/task-0.json'), JSON.stringify(buildPairs(0)))
  library = openLibrary({ project: root, data: join(root, 'own') })
  const onFault = (fault: unknown) => {
    throw fault
  }
  app = createApp({ library, readPage: async () => new Map(), onFault })
})
afterEach(() => rm(root, { recursive: true }))

const headers = { host: '127.0.0.1', 'content-type': 'application/json' }

async function read<Body>(address: string): Promise<Body> {
  const response = await app.request(`http://127.0.0.1/api/labels${address}`, { headers })
  return (await response.json()) as Body
}

async function put(
  body: object,
): Promise<{ status: number; body: LabelSubjectDocument & { error?: { type: string; message: string } } }> {
  const response = await app.request('http://127.0.0.1/api/labels', {
    method: 'PUT',
    headers,
    body: JSON.stringify(body),
  })
  return { status: response.status, body: (await response.json()) as LabelSubjectDocument }
}

function record(recipe: RecipeName, samples: readonly SaidSample[]) {
  return recordRun(library.runs, { name: recipe, recipe, tasks: [task], say: () => samples })
}

const subjectOf = (recipe: RecipeName, sample = 0) => ({ run_id: recipe, item: 'task-0', sample })
const address = (recipe: RecipeName, person: string, more = '') =>
  `/subject?run=${recipe}&item=task-0&sample=0&person=${person}${more}`

describe('texts to label', () => {
  test('are what a model wrote around its program, with the task, and without the verdict', async () => {
    await record('code', [{ texts: [`Upside down.\n\n${program}`], right: 'all', reasoning: 'Hm.' }])
    const text = await read<LabelSubjectDocument>(address('code', 'ada'))
    expect(text).toMatchObject({
      subject: subjectOf('code'),
      task_id: 'task-0',
      view: { task: 'task-0', version: 0 },
      train: task.train,
      text: 'Upside down.',
      thinking: 'Hm.',
      mine: null,
      others: null,
      outcome: null,
    })
    expect(JSON.stringify(text)).not.toContain(JSON.stringify(task.test[0]?.output))
    const asked = await read<LabelSubjectDocument>(address('code', 'ada', '&outcome=yes'))
    expect(asked.outcome).toEqual({ train_correct: true, test_correct: true })
  })

  test('are the thinking of a model that wrote nothing else, and the answers to all test inputs', async () => {
    await record('code', [{ texts: [program], reasoning: 'Hm.' }])
    expect(await read(address('code', 'ada'))).toMatchObject({ text: 'Hm.', thinking: null })
    await record('direct', [{ texts: ['So.\n\n```\n[[1,2]]\n```'] }])
    expect(await read(address('direct', 'ada', '&outcome=yes'))).toMatchObject({
      text: 'So.',
      program: null,
      outcome: { train_correct: null, test_correct: false },
    })
  })

  test('include traces, with or without their task', async () => {
    const trace = await library.traces.add({ task_id: 'task-0', username: 'model', text: 'Upside down.' })
    const lost = await library.traces.add({ task_id: 'gone', username: 'model', text: 'Who knows?' })
    const queue = await read<LabelQueueDocument>('/queue?traces=yes&person=ada')
    expect(queue).toMatchObject({ total: 2, here: { trace_id: trace.trace_id } })
    expect(await read(`/subject?trace=${trace.trace_id}&person=ada`)).toMatchObject({ train: task.train })
    expect(await read(`/subject?trace=${lost.trace_id}&person=ada`)).toMatchObject({ train: [], view: null })
  })

  test('leave out samples that came without a text', async () => {
    await record('reasoning', [{ texts: ['Upside down.'] }, { texts: ['too long'], rejected: true }])
    expect(await read('/queue?runs=reasoning&person=ada')).toMatchObject({ total: 1, is_reading: false })
  })
})

describe('a label', () => {
  test('is kept under the name of the person, changed and taken back', async () => {
    await record('reasoning', [{ texts: ['Upside down.'] }])
    const { text_hash } = await read<LabelSubjectDocument>(address('reasoning', 'ada'))
    const label = { person: 'ada', subject: subjectOf('reasoning'), text_hash, label: 'right', note: ' As meant. ' }
    expect((await put(label)).body.mine).toMatchObject({ person: 'ada', label: 'right', note: 'As meant.' })
    expect((await put({ ...label, label: 'wrong', note: '' })).body.mine).toMatchObject({ label: 'wrong', note: null })
    expect(await read('/queue?runs=reasoning&person=ada')).toMatchObject({ labelled: 1, matching: 0, here: null })
    expect((await put({ ...label, label: null })).body.mine).toBeNull()
    expect(await read('/queue?runs=reasoning&person=ada')).toMatchObject({ labelled: 0, matching: 1 })
  })

  test('reveals the verdict and the labels of others to its author', async () => {
    await record('code', [{ texts: [`Upside down.\n\n${program}`], right: 'train' }])
    const { text_hash } = await read<LabelSubjectDocument>(address('code', 'ada'))
    const label = { subject: subjectOf('code'), text_hash }
    await put({ ...label, person: 'ada', label: 'right' })
    expect(await read(address('code', 'bob'))).toMatchObject({ others: null, outcome: null })
    const { body } = await put({ ...label, person: 'bob', label: 'lucky' })
    expect(body.others).toMatchObject([{ person: 'ada', label: 'right' }])
    expect(body.outcome).toEqual({ train_correct: true, test_correct: false })
  })

  test('is refused if the text has changed since it was read', async () => {
    const trace = await library.traces.add({ task_id: 'task-0', username: 'model', text: 'Upside down.' })
    const subject = { trace_id: trace.trace_id }
    const { text_hash } = await read<LabelSubjectDocument>(`/subject?trace=${trace.trace_id}&person=ada`)
    await put({ person: 'ada', subject, text_hash, label: 'right' })
    await library.traces.edit({ traceId: trace.trace_id, username: 'model', text: 'Left to right.' })
    const { status, body } = await put({ person: 'ada', subject, text_hash, label: 'wrong' })
    expect([status, body.error?.type]).toEqual([409, 'text-changed'])
    expect(await read(`/subject?trace=${trace.trace_id}&person=ada`)).toMatchObject({ mine: null, is_changed: true })
    expect(await read('/queue?traces=yes&person=ada')).toMatchObject({ matching: 1 })
  })

  test('is refused when there is nothing to label', async () => {
    await record('reasoning', [{ texts: [''] }])
    const { text_hash } = await read<LabelSubjectDocument>(address('reasoning', 'ada'))
    const { status } = await put({ person: 'ada', subject: subjectOf('reasoning'), text_hash, label: 'right' })
    expect(status).toBe(400)
  })

  test.each([
    [{ label: 'great' }, 'label: must be one of right, lucky, wrong, unclear, or null to take the label back'],
    [{ person: '' }, 'person: must be a name of 1 to 60 characters without line breaks'],
    [{ subject: {} }, 'subject: must be { "run_id", "item", "sample" } or { "trace_id" }'],
    [{ note: 'x'.repeat(2001) }, 'note: must be a text of at most 2000 characters'],
    [
      { subject: subjectOf('reasoning', 7) },
      'Run "reasoning" has 1 sample of "task-0"; there is no sample 8 (7 in addresses, which count from 0).',
    ],
    [{ subject: { ...subjectOf('reasoning'), run_id: '../x' } }, 'There is no run "../x".'],
  ])('says what is wrong with it: %#', async (part, message) => {
    await record('reasoning', [{ texts: ['Upside down.'] }])
    const label = { person: 'ada', subject: subjectOf('reasoning'), text_hash: 'h', label: 'right', ...part }
    expect((await put(label)).body.error?.message).toBe(message)
  })
})

test.each([
  ['/queue?person=ada&runs=none', 'There is no run "none".'],
  ['/queue?person=ada&labels=some', 'labels: must be one of open, all, second, disagree'],
  ['/queue?runs=x', 'person: must be a name of 1 to 60 characters without line breaks'],
  ['/subject?person=ada', 'Name a text: run, item and sample, or trace.'],
])('an address that cannot be answered says why: %s', async (path, message) => {
  expect((await read<{ error: { message: string } }>(path)).error.message).toBe(message)
})
