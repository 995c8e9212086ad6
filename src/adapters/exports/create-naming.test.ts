import { expect, test } from '@jest/globals'
import { keyItems } from '../../domain/tasks/item.ts'
import { createNaming } from './create-naming.ts'

function nameAll(...ids: readonly string[]) {
  const items = keyItems(
    ids.map((task_id, index) => {
      return { task_id, version: 0, hash: String(index).padEnd(64, 'a'), dataset: 'd', split: 'training' }
    }),
  )
  const { key, file } = createNaming(items)
  return { keys: items.map(key), files: items.map(file) }
}

test.each(['0934a4d8', 'é', '任务', 'two words', 'a.b', '_', 'x-v1', 'x-00000000', 'n'.repeat(240)])(
  'a task called %s keeps its name as a file name',
  (id) => {
    expect(nameAll(id)).toEqual({ keys: [id], files: [id] })
  },
)

const impossible = [
  '',
  'a/b',
  '..',
  '.',
  '.hidden',
  'n'.repeat(300),
  'é'.repeat(150),
  'a\0b',
  'CON',
  'nul.x',
  'results',
  'a\\b',
  'end.',
]

test.each(impossible)('%j becomes a safe file name, and stays as it is as a key', (id) => {
  const { keys, files } = nameAll(id)
  expect(keys).toEqual([id])
  expect(files[0]).toMatch(/^[\w][\w.-]*$/)
  expect(files[0]?.length).toBeLessThan(200)
})

test('no two tasks get the same name', () => {
  const ids = [...impossible, 'a_b', 'A', 'a', 'x-v1', 'a', 'results', 'é', 'e\u0301', 'a/b']
  const { keys, files } = nameAll(...ids)
  expect(new Set(keys).size).toBe(ids.length)
  expect(new Set(files.map((name) => name.normalize('NFC').toLowerCase())).size).toBe(ids.length)
})
