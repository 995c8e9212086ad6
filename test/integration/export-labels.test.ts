import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { createLabelStore, type LabelStore } from '../../src/adapters/labels/label-store.ts'
import type { LabelName } from '../../src/domain/labels/label.ts'
import { beginClient } from '../support/run-client.ts'

let dataDir: string
let store: LabelStore
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'arcloom-labels-'))
  store = createLabelStore(join(dataDir, 'labels.jsonl'))
})
afterEach(() => rm(dataDir, { recursive: true }))

const arcloom = (...words: string[]) => beginClient(words, { ...process.env, ARCLOOM_DATA_DIR: dataDir }).ended
const about = { at: '2026-01-01T00:00:00.000Z', task_id: 't', text_hash: 'h', saw_outcome: false }

function give(person: string, sample: number, label: LabelName): Promise<void> {
  return store.put({ ...about, person, run_id: 'run', item: 't', sample, label })
}

test('labels of a run are one line each, in a file that is never overwritten', async () => {
  expect(await arcloom('export', 'labels')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('Nothing to export: nobody has labelled anything yet. Label reasoning on the page'),
  })
  await give('bob', 10, 'wrong')
  await give('bob', 2, 'wrong')
  await give('ada', 2, 'right')
  await store.put({ ...about, person: 'ada', trace_id: 'trace', label: 'lucky', note: 'by its colours' })
  const { code, stdout } = await arcloom('export', 'labels', 'run')
  expect([code, stdout]).toEqual([0, expect.stringContaining('run-labels.jsonl: 3 labels of 2 texts by ada, bob\n')])
  const lines = (await readFile(join(dataDir, 'exports/run-labels.jsonl'), 'utf8')).trimEnd().split('\n')
  expect(lines.map((line) => JSON.parse(line) as object)).toMatchObject([
    { run_id: 'run', item: 't', sample: 2, trace_id: '', task_id: 't', person: 'ada', label: 'right', note: '' },
    { sample: 2, person: 'bob' },
    { sample: 10, person: 'bob', at: about.at, text_hash: 'h', saw_outcome: false },
  ])
  expect((await arcloom('export', 'labels', 'run')).code).toBe(2)
  const { stdout: json } = await arcloom('export', 'labels', '--json')
  expect(JSON.parse(json)).toMatchObject({ labels: 4, texts: 3, people: ['ada', 'bob'] })
})

test('agreement is told in words and as JSON, and a line that says nothing by its place', async () => {
  for (const [sample, [ada, bob]] of [
    ['right', 'right'],
    ['wrong', 'wrong'],
    ['lucky', 'right'],
    ['wrong', 'wrong'],
  ].entries()) {
    await give('ada', sample, ada as LabelName)
    await give('bob', sample, bob as LabelName)
  }
  const { code, stdout } = await arcloom('export', 'labels', 'run', '--agreement')
  expect(code).toBe(0)
  expect(stdout).toBe(`ada and bob: the same label for 3 of 4 texts (75.0 %).
Cohen's kappa: 0.60 (0.10 to 1.00).

ada ↓  bob →  right  lucky  wrong  unclear
right         1      0      0      0
lucky         1      0      0      0
wrong         0      0      2      0
unclear       0      0      0      0
`)
  await appendFile(join(dataDir, 'labels.jsonl'), '{}\n')
  const told = await arcloom('export', 'labels', 'run', '--agreement', '--json')
  expect(told.code).toBe(1)
  expect(told.stderr).toContain('line 9')
  expect(JSON.parse(told.stdout)).toMatchObject({
    agreements: [{ people: ['ada', 'bob'], texts: 4, same: 3, agreement: 0.75 }],
  })
})
