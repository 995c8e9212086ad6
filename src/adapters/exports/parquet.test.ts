import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from 'hyparquet'
import { buildPairs } from '../../../test/support/build-run.ts'
import { listExported, programOf } from '../../../test/support/list-exported.ts'
import { parquetFormat } from './parquet.ts'
import type { ExportRow } from './training-format.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'arcloom-parquet-'))
})
afterEach(() => rm(folder, { recursive: true }))

const said = [
  { texts: [programOf('1')], right: 'all' as const },
  { texts: ['Nichts: ∅ 😀'] },
  { texts: ['too long'], rejected: true },
]
async function* repeat(rows: readonly ExportRow[], times: number) {
  for (let time = 0; time < times; time += 1) yield* rows
}
async function write(rows: readonly ExportRow[], times = 1) {
  const path = join(folder, 'run.parquet')
  expect(await parquetFormat.write(path, repeat(rows, times))).toBe(true)
  const file = await asyncBufferFromFile(path)
  const objects: Record<string, unknown>[] = await parquetReadObjects({ file })
  return { rows: objects, metadata: await parquetMetadataAsync(file) }
}

describe('a parquet export', () => {
  test('holds every sample, with typed values and null for missing ones', async () => {
    const { rows } = await write(await listExported(parquetFormat, 'code', said, 'all'))
    const [answered, unparseable, rejected] = rows
    expect(answered).toMatchObject({
      version: 0,
      sample: 0,
      train_correct: true,
      verdict: 'correct',
      program: 'def solve_task(grid):\n    return 1',
      answer: programOf('1'),
      reasoning: 'Because.',
      parameters: '{"model":"model-id","temperature":0.5,"seed":0}',
      prompt_tokens: 100n,
      cost_usd: 0.25,
      time_seconds: 1.5,
      asked_at: new Date('2026-01-01T00:00:00.000Z'),
      test_pair: null,
      kin_to: null,
      derived_from: null,
    })
    expect(JSON.parse(String(answered?.['messages']))).toMatchObject([{ role: 'system' }, { role: 'user' }])
    expect(unparseable).toMatchObject({ outcome: 'unparseable', answer: 'Nichts: ∅ 😀', program: null, cost_usd: null })
    expect(rejected).toMatchObject({ outcome: 'rejected', answer: null, verdict: null, train_correct: false })
  })

  test('lists the outputs of the task that a program spells out', async () => {
    const { train, test } = buildPairs(1)
    const table = programOf(JSON.stringify([train[0]?.output, test[0]?.output]))
    const { rows } = await write(await listExported(parquetFormat, 'code', [{ texts: [table] }, ...said], 'all'))
    expect(rows.map((row) => row['copied_outputs'])).toEqual(['train 1, test 1', null, null, null])
  })

  test('has a column for every field and a row for every sample', async () => {
    const [row] = await listExported(parquetFormat, 'direct', [{ texts: ['[[1]]'] }], 'all')
    const { rows } = await write([row ?? {}])
    expect(Object.keys(rows[0] ?? {}).sort()).toEqual(Object.keys(row ?? {}).sort())
    expect(rows[0]).toMatchObject({ grid: '[[1]]', test_pair: 0, train_correct: null, test_correct: false })
  })

  test('is written in row groups, so that its size does not matter', async () => {
    const { rows, metadata } = await write(await listExported(parquetFormat, 'code', said, 'all'), 400)
    expect(rows).toHaveLength(1200)
    expect(metadata.row_groups.map((group) => Number(group.num_rows))).toEqual([500, 500, 200])
    expect(metadata.row_groups[0]?.columns[0]?.meta_data?.codec).toBe('SNAPPY')
  })

  test('is written completely or not at all, and never over an existing file', async () => {
    async function* breakOff() {
      yield* await listExported(parquetFormat, 'code', said, 'all')
      throw new Error('broke')
    }
    await expect(parquetFormat.write(join(folder, 'run.parquet'), breakOff())).rejects.toThrow('broke')
    expect(await readdir(folder)).toEqual([])
    const { rows } = await write(await listExported(parquetFormat, 'code', said, 'all'))
    expect(await parquetFormat.write(join(folder, 'run.parquet'), repeat(rows, 1))).toBe(false)
    expect(await readdir(folder)).toEqual(['run.parquet'])
  })
})
