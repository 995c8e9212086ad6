import { cp, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { putWholeRun } from '../../test/support/put-whole-run.ts'
import { createRunStore } from '../adapters/stores/create-run-store.ts'
import { createFileBlobs } from '../adapters/stores/file-blobs.ts'
import { inspectRun } from '../adapters/stores/inspect-run.ts'
import { DamagedRun, type RunFolder, type RunStore } from '../adapters/stores/run-store.ts'
import { readNumbers } from './read-numbers.ts'
import { repairRun } from './repair-run.ts'

let root: string
let store: RunStore
let folder: RunFolder
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'arcloom-repair-'))
  store = createRunStore(createFileBlobs(root), 'test')
  folder = await putWholeRun(store, 'one')
  await putWholeRun(store, 'two')
})
afterEach(() => rm(root, { recursive: true }))

const cut = async (file: string) => writeFile(file, (await readFile(file, 'utf8')).slice(0, 40))
const empty = (file: string) => writeFile(file, '')
const remove = (file: string) => rm(file)
const replace = (file: string) => writeFile(file, '{}')
const damages = { cut, empty, remove, replace }

/** The first file of a folder of run `one`, or the file itself. */
async function findFile(name: string): Promise<string> {
  const path = join(root, 'one', name)
  if (!(await stat(path)).isDirectory()) return path
  const [first = ''] = (await readdir(path)).sort()
  return findFile(join(name, first))
}

const counted = ['run.json', 'state.json', 'items.json', 'items', 'records', 'failures']
const others = ['answers', 'prompts', 'verdicts']
const kinds = Object.keys(damages) as (keyof typeof damages)[]
const cases = [...counted, ...others].flatMap((name) => kinds.map((kind) => [kind, name] as const))

async function damage(kind: keyof typeof damages, name: string): Promise<string> {
  const file = await findFile(name)
  await damages[kind](file)
  return file
}

describe('a run with a damaged file', () => {
  test.each(cases.filter(([, name]) => counted.includes(name)))(
    '(%s %s) says which one when it is read',
    async (kind, name) => {
      const file = await damage(kind, name)
      expect((await store.listRuns()).sort()).toEqual(['one', 'two'])
      // A missing failure looks the same as a missing record.
      const said = name === 'failures' && kind === 'remove' ? file.replace('failures', 'records') : file
      const opened = await createRunStore(createFileBlobs(root), 'other').openRun('one')
      await expect(readNumbers(opened)).rejects.toThrow(DamagedRun)
      await expect(readNumbers(opened)).rejects.toThrow(said)
      expect((await readNumbers(await store.openRun('two'))).damage).toEqual([])
    },
  )

  test.each(cases)('(%s %s) is repaired, or says why not', async (kind, name) => {
    const file = await damage(kind, name)
    const opened = await createRunStore(createFileBlobs(root), 'other').openRun('one')
    const { done, lost } = await repairRun(store, opened, { askAgain: false })
    const rebuilt = name !== 'answers'
    if (kind === 'remove' && name === 'verdicts') {
      // Nothing needs them any more.
      expect([done, lost]).toEqual([[], []])
    } else if (rebuilt) {
      expect(lost).toEqual([])
      expect(await inspectRun(opened)).toEqual([])
      expect(done.length).toBeGreaterThan(0)
      expect(done[0]?.copy === null).toBe(kind === 'remove')
      if (done[0]?.copy) expect((await stat(done[0].copy)).isFile()).toBe(true)
    } else {
      expect(lost).toMatchObject([{ file, way: expect.stringContaining('resume one --ask-again') }])
    }
  })

  test('has all its numbers after the repair', async () => {
    const before = await readNumbers(folder)
    for (const name of ['run.json', 'state.json', 'items.json', 'items', 'failures']) await damage('cut', name)
    await repairRun(store, folder, { askAgain: false })
    const { counts, ledger, failures, state } = await readNumbers(folder)
    expect(counts).toEqual(before.counts)
    expect(ledger).toEqual(before.ledger)
    expect(failures).toHaveLength(1)
    expect(state).toEqual({ ...before.state, updated_at: state.updated_at })
  })

  test('has its items back after their list was emptied', async () => {
    const before = await readNumbers(folder)
    await writeFile(join(root, 'one', 'items.json'), '[]')
    const opened = await createRunStore(createFileBlobs(root), 'other').openRun('one')
    const { done, lost } = await repairRun(store, opened, { askAgain: false })
    expect(lost).toEqual([])
    expect(done).toMatchObject([{ problem: 'it lists 0 items, and the run has 3' }])
    expect((await readNumbers(opened)).counts).toEqual(before.counts)
  })

  test('is opened again when a record has to be made again', async () => {
    await damage('replace', 'records')
    const { done } = await repairRun(store, folder, { askAgain: false })
    expect(done).toHaveLength(2)
    expect(await folder.readState()).toMatchObject({ state: 'interrupted' })
    expect(await folder.listAnswers()).toHaveLength(3)
  })

  test('requests a lost answer again when the user says so', async () => {
    await damage('cut', 'answers')
    const { lost } = await repairRun(store, folder, { askAgain: true })
    expect(lost).toEqual([])
    expect(await folder.listAnswers()).toHaveLength(2)
  })

  test.each(kinds)(
    '(%s answers) forgets the verdict on an answer that is requested again, and no other',
    async (kind) => {
      const [key = '', other = ''] = (await folder.listAnswers()).sort()
      const { item } = (await folder.readAnswer(key)).question
      const verdicts = await folder.findVerdicts(item, 1)
      const verdict = verdicts?.programs[key]
      if (verdicts === undefined || verdict === undefined) throw new RangeError(`no verdict on ${key}`)
      await folder.putVerdicts(item, 1, { ...verdicts, programs: { [key]: verdict, [other]: verdict } })
      await damage(kind, 'answers')
      await repairRun(store, folder, { askAgain: true })
      expect((await folder.findVerdicts(item, 1))?.programs).toEqual({ [other]: verdict })
    },
  )

  test('does not spend more than its budget', async () => {
    await rm(join(root, 'one', 'copies', 'state.json'))
    await damage('replace', 'state.json')
    const { lost } = await repairRun(store, folder, { askAgain: false })
    expect(lost).toMatchObject([{ way: expect.stringContaining('--budget-usd') }])
    expect((await repairRun(store, folder, { askAgain: false, budgetUsd: 5 })).lost).toEqual([])
    expect(await folder.readState()).toMatchObject({ state: 'complete', controls: { budget_usd: 5 } })
  })
})

describe('a ledger', () => {
  const ledger = () => findFile('ledger')

  test('with a cut last line is one that a crash left', async () => {
    const file = await ledger()
    const text = await readFile(file, 'utf8')
    await writeFile(file, text.slice(0, -30))
    const { ledger: totals, damage } = await readNumbers(folder)
    expect(totals).toMatchObject({ cost_usd: 0.5, unsettled_usd: 1, garbled: [] })
    expect(damage).toEqual([])
  })

  test('with an unreadable line is named, and the cost is unknown', async () => {
    const file = await ledger()
    const [first, ...rest] = (await readFile(file, 'utf8')).split('\n')
    await writeFile(file, [first, '{"type":"sett###', ...rest].join('\n'))
    const { ledger: totals, damage } = await readNumbers(folder)
    expect(totals.cost_usd).toBeNull()
    expect(damage).toEqual([{ file, place: 'line 2', message: expect.stringContaining('cannot be read') }])
  })

  test('that is lost makes the cost unknown', async () => {
    const file = await ledger()
    await rm(file)
    const { ledger: totals, damage } = await readNumbers(folder)
    expect(totals.cost_usd).toBeNull()
    expect(damage).toEqual([
      { file: join(root, 'one', 'ledger'), place: '', message: expect.stringContaining('3 stored answers') },
    ])
  })
})

test('a ledger without the lines of stored answers gets them, so that a budget is not spent again', async () => {
  const before = await readNumbers(folder)
  const ledger = join(root, 'one', 'ledger')
  for (const segment of await readdir(ledger)) await writeFile(join(ledger, segment), '')
  const opened = await createRunStore(createFileBlobs(root), 'other').openRun('one')
  expect((await readNumbers(opened)).ledger.cost_usd).toBeNull()
  const { done, lost } = await repairRun(store, opened, { askAgain: false })
  expect(lost).toEqual([])
  expect(done).toMatchObject([
    { file: ledger, problem: expect.stringMatching(/stored answers? (?:is|are) missing from it/) },
  ])
  const after = await readNumbers(opened)
  expect(after.ledger.answered).toBe(before.ledger.answered)
  expect(after.damage).toEqual([])
  expect((await repairRun(store, opened, { askAgain: false })).done).toEqual([])
})

test('an answer whose `settled` line alone is lost gets that line, and no second `sent`', async () => {
  const ledger = await findFile('ledger')
  const lines = (await readFile(ledger, 'utf8')).trimEnd().split('\n')
  const sent = lines.filter((line) => line.includes('"sent"'))
  expect(sent).toHaveLength(3)
  await writeFile(ledger, `${sent.join('\n')}\n`)
  const opened = await createRunStore(createFileBlobs(root), 'other').openRun('one')
  expect((await repairRun(store, opened, { askAgain: false })).lost).toEqual([])
  const types = [...(await opened.readLedger())].map(({ type }) => type).sort()
  expect(types).toEqual(['sent', 'sent', 'sent', 'settled', 'settled', 'settled'])
  expect((await readNumbers(opened)).ledger).toMatchObject({ sent: 3, stored: 3, repaid: 0, unsettled_usd: 0 })
})

test('a copied folder is told from its original, with both paths, and left as it is', async () => {
  await cp(join(root, 'one'), join(root, 'one-copy'), { recursive: true })
  const copy = await store.openRun('one-copy')
  const words = `${join(root, 'one-copy', 'run.json')} at run_id: it is a copy of run "one", which is at ${join(root, 'one')}`
  await expect(readNumbers(copy)).rejects.toThrow(DamagedRun)
  await expect(readNumbers(copy)).rejects.toThrow(words)
  const { done, lost } = await repairRun(store, copy, { askAgain: false })
  expect(done).toEqual([])
  expect(lost).toMatchObject([{ file: join(root, 'one-copy', 'run.json'), way: expect.stringContaining('nothing') }])
  expect((await readNumbers(await store.openRun('one'))).damage).toEqual([])
})

test('a renamed folder says what its name has to be', async () => {
  await rename(join(root, 'one'), join(root, 'other'))
  await expect(readNumbers(await store.openRun('other'))).rejects.toThrow(`rename the folder to ${join(root, 'one')}`)
})
