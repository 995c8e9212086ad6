import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { Label, LabelName } from '../../domain/labels/label.ts'
import { createLabelStore } from './label-store.ts'

let folder: string
let path: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'arcloom-labels-'))
  path = join(folder, 'data/labels.jsonl')
})
afterEach(() => rm(folder, { recursive: true }))

function build(person: string, label: LabelName | null, sample = 0): Label {
  const at = '2026-01-01T00:00:00.000Z'
  return { at, person, run_id: 'run', item: 'task', sample, task_id: 'task', text_hash: 'h', label, saw_outcome: false }
}

const listLines = async () => (await readFile(path, 'utf8')).trimEnd().split('\n')

async function list(store: ReturnType<typeof createLabelStore>) {
  return (await store.read()).book.list().map(({ person, label }) => [person, label])
}

describe('labels.jsonl', () => {
  test('is empty until somebody labels a text', async () => expect(await list(createLabelStore(path))).toEqual([]))

  test('keeps the last label of each person, and every line', async () => {
    const store = createLabelStore(path)
    await store.put(build('ada', 'right'))
    await store.put(build('bob', 'wrong'))
    await store.put(build('ada', 'lucky'))
    await store.put(build('bob', null))
    expect(await list(store)).toEqual([['ada', 'lucky']])
    expect(await list(createLabelStore(path))).toEqual([['ada', 'lucky']])
    expect(await listLines()).toHaveLength(4)
  })

  test('gets no line for a label that repeats the last one, or removes one that does not exist', async () => {
    const store = createLabelStore(path)
    await store.put(build('bob', null))
    await store.put(build('ada', 'right'))
    await store.put({ ...build('ada', 'right'), at: '2026-01-02T00:00:00.000Z' })
    expect(await listLines()).toHaveLength(1)
  })

  test('loses nothing when two servers write at once, and each sees what the other wrote', async () => {
    const [one, other] = [createLabelStore(path), createLabelStore(path)]
    const numbers = Array.from({ length: 20 }, (_, index) => index)
    await Promise.all(
      numbers.flatMap((sample) => [one.put(build('ada', 'right', sample)), other.put(build('bob', 'wrong', sample))]),
    )
    expect((await one.read()).book.list()).toHaveLength(40)
    expect((await other.read()).book.list()).toHaveLength(40)
    expect(await listLines()).toHaveLength(40)
  })

  test('drops a line that a crash left half written', async () => {
    const store = createLabelStore(path)
    await store.put(build('ada', 'right'))
    await appendFile(path, '{"at":"2026-01-01T00:0')
    const reading = await createLabelStore(path).read()
    expect(reading.faults).toEqual([])
    expect(reading.book.list()).toHaveLength(1)
    await store.put(build('bob', 'wrong'))
    expect((await listLines()).map((line) => (JSON.parse(line) as Label).person)).toEqual(['ada', 'bob'])
  })

  test('names an invalid line, and reads the others', async () => {
    const store = createLabelStore(path)
    await store.put(build('ada', 'right'))
    await appendFile(path, `${JSON.stringify({ ...build('bob', 'right'), label: 'great' })}\n`)
    await store.put(build('cleo', 'wrong'))
    const { book, faults } = await store.read()
    expect(book.list().map(({ person }) => person)).toEqual(['ada', 'cleo'])
    expect(faults.map(({ place }) => place)).toEqual(['line 2'])
  })

  test('is read from its start when it was replaced', async () => {
    const store = createLabelStore(path)
    await store.put(build('ada', 'right'))
    await store.put(build('bob', 'right'))
    await rm(path)
    expect(await list(store)).toEqual([])
    await writeFile(path, `${JSON.stringify(build('cleo', 'wrong'))}\n`)
    expect(await list(store)).toEqual([['cleo', 'wrong']])
  })
})
