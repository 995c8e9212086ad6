import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { buildPairs } from '../support/build-run.ts'
import { beginClient } from '../support/run-client.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'arcloom-traces-command-'))
})
afterEach(() => rm(folder, { recursive: true }))

const arcloom = (...words: string[]) => {
  return beginClient(words, { ...process.env, ARCLOOM_DATA_DIR: join(folder, 'data') }).ended
}
async function write(name: string, ...values: unknown[]): Promise<string> {
  await writeFile(join(folder, name), values.map((value) => `${JSON.stringify(value)}\n`).join(''))
  return join(folder, name)
}
const entry = (task_id: string, ...reasoning: string[]) => ({ task_id, reasoning, model: 'BASELINE' })

describe('arcloom traces', () => {
  test('merges results once, and reports what was added, already there, left out and unreadable', async () => {
    const file = await write('results.jsonl', entry('a', 'One.', 'ERROR: x'), { torn: true }, entry('b', 'Two.'))
    const first = await arcloom('traces', 'merge', file)
    expect(first.stdout).toBe(`${file}: 2 added, 0 already there, 1 left out: error text, 1 unreadable\n`)
    expect(first.stderr).toBe(`${file} at line 2, task_id: must be a task id; it is missing\n`)
    expect(first.code).toBe(1)
    const second = await arcloom('traces', 'merge', join(folder, 'missing'), file, '--json')
    expect(JSON.parse(second.stdout)).toMatchObject({ added: 0, files: [{ added: 0 }, { added: 0, present: 2 }] })
    expect(second.code).toBe(2)
    const listed = await arcloom('traces', 'list', 'a', '--json')
    expect(JSON.parse(listed.stdout)).toMatchObject([{ task_id: 'a', username: 'arcloom-baseline', text: 'One.' }])
  })

  test('leaves out reasoning without a right result when asked to, and takes the traces of another store', async () => {
    const judged = { ...entry('a', 'Right.', 'Wrong.'), python_code: ['x', 'y'], verification_success: [true, false] }
    const results = await write('results.jsonl', judged, entry('b', 'Explained.'))
    const store = await write('old_store.json', {
      c: [{ trace_id: 'c_ann', username: 'ann', text: 'Turn.' }, { username: 'ann' }],
    })
    const { stdout, code } = await arcloom('traces', 'merge', '--only-correct', results, store)
    expect(stdout).toBe(
      `${results}: 1 added, 0 already there, 1 left out: not correct, 1 left out: never verified\n${store}: 1 added, 0 already there, 1 unreadable\n`,
    )
    expect(code).toBe(1)
    const listed = await arcloom('traces', 'list', 'c', '--json')
    expect(JSON.parse(listed.stdout)).toMatchObject([
      { trace_id: 'c_ann', task_id: 'c', username: 'ann', text: 'Turn.' },
    ])
  })

  test('exports tasks with the traces of their version, and never overwrites a file', async () => {
    const dataset = await write('dataset.json', [
      { task_id: 'a', ...buildPairs(1) },
      { task_id: 'a', version: 1, ...buildPairs(2) },
    ])
    await arcloom('traces', 'merge', await write('results.jsonl', entry('a', 'One.'), entry('elsewhere', 'Two.')))
    const exported = await arcloom('traces', 'export', '--dataset', dataset)
    const lines = exported.stdout.trim().split('\n')
    expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
      { task_id: 'a', version: 0, ...buildPairs(1), traces: [{ text: 'One.' }] },
      { task_id: 'a', version: 1, ...buildPairs(2), traces: [] },
    ])
    const shipped = JSON.parse(await readFile(new URL('../../data/traces.json', import.meta.url), 'utf8')) as object
    const elsewhere = 1 + Object.values(shipped).flat().length
    expect(exported.stderr).toContain(`Left out ${elsewhere} traces whose task or version is not in ${dataset}.`)
    const output = join(folder, 'out.json')
    expect((await arcloom('traces', 'export', '--dataset', dataset, '--output', output)).code).toBe(0)
    const text = await readFile(output, 'utf8')
    expect(JSON.parse(text)).toHaveLength(2)
    expect((await arcloom('traces', 'export', '--output', output)).code).toBe(2)
    expect(await readFile(output, 'utf8')).toBe(text)
  })

  test('leaves evaluation tasks out of an export, or marks them', async () => {
    const dataset = await write('dataset.json', [
      { task_id: 'mine', ...buildPairs(1) },
      { task_id: 'kept-for-measuring', ...buildPairs(50) },
    ])
    const guard = await write('heldout.json', [{ task_id: 'h', ...buildPairs(50) }])
    const words = ['traces', 'export', '--dataset', dataset, '--guard', guard]
    const { stdout, stderr } = await arcloom(...words)
    expect(
      stdout
        .trim()
        .split('\n')
        .map((line) => (JSON.parse(line) as { task_id: string }).task_id),
    ).toEqual(['mine'])
    expect(stderr).toContain('Left out, because evaluation tasks are not for training: 1\n  kept-for-measuring')
    expect(stderr).toContain('Not compared, because missing on this machine: the evaluation tasks of arc-agi-1.')
    const allowed = await arcloom(...words, '--allow-evaluation')
    expect(
      allowed.stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown),
    ).toMatchObject([
      {
        task_id: 'mine',
        evaluation: false,
        evaluation_checked: false,
        checked_against: expect.stringContaining('arc-agi-2'),
      },
      { task_id: 'kept-for-measuring', evaluation: true, kinship: 'shared-pair' },
    ])
    expect((await arcloom('traces', 'export', '--dataset', guard, '--guard', guard)).code).toBe(2)
  })
})
