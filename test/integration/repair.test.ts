import { existsSync } from 'node:fs'
import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { startFakeProvider, type FakeProvider } from '../support/fake-provider.ts'
import { answers } from '../support/test-bench.ts'
import { openTestStack, type TestStack } from '../support/test-stack.ts'
import { writeTasks } from '../support/write-tasks.ts'

const items = 4
const samples = 2

let stack: TestStack
let provider: FakeProvider
let dataset: string
beforeAll(async () => {
  stack = await openTestStack()
  provider = await startFakeProvider({
    reply: ({ body }) => ({ text: body['seed'] === 1 ? answers.flip : answers.same }),
  })
  dataset = await writeTasks(join(stack.dataDir, 'tasks'), items)
  await stack.arcloom('up')
})
afterAll(async () => {
  await stack.close()
  await provider.close()
})

/** A complete run, every answer of it requested once. @returns its folder */
async function complete(name: string): Promise<string> {
  const place = ['--model', 'local/fake', '--base-url', provider.url, '--dataset', dataset, '--name', name]
  const { code } = await stack.arcloom('benchmark', 'code', ...place, '--best-of', String(samples), '--seed', '1')
  expect(code).toBe(0)
  return join(stack.dataDir, 'runs', name)
}

async function first(folder: string): Promise<string> {
  const [name = ''] = (await readdir(folder)).sort()
  return join(folder, name)
}

const cut = async (file: string) => writeFile(file, (await readFile(file, 'utf8')).slice(0, 100))

/** Ways to damage a run, by name. @returns the damaged files */
const damages: Record<string, (run: string) => Promise<string[]>> = {
  async 'a record cut short'(run) {
    const record = await first(join(run, 'records'))
    await cut(record)
    return [record]
  },
  async 'an empty state'(run) {
    const state = join(run, 'state.json')
    await writeFile(state, '')
    return [state]
  },
  async 'a verdict and a decision replaced by {}, and a record lost'(run) {
    const [verdict, record] = [await first(join(run, 'verdicts')), await first(join(run, 'records'))]
    const decision = await first(join(run, 'decisions'))
    await Promise.all([verdict, decision].map((file) => writeFile(file, '{}')))
    await rm(record)
    return [verdict, decision, record]
  },
  async 'run.json cut short'(run) {
    const file = join(run, 'run.json')
    await cut(file)
    return [file]
  },
  async 'items.json and the pairs of an item emptied'(run) {
    const files = [join(run, 'items.json'), await first(join(run, 'items'))]
    for (const file of files) await writeFile(file, '')
    return files
  },
  async 'a prompt of another shape'(run) {
    const prompt = await first(join(run, 'prompts'))
    await writeFile(prompt, '{"role": "user"}')
    return [prompt]
  },
  async 'state and all records lost'(run) {
    const records = (await readdir(join(run, 'records'))).map((name) => join(run, 'records', name))
    await Promise.all([...records, join(run, 'state.json')].map((file) => rm(file)))
    // Without a state nothing says that there were records; with one, each missing record is named.
    return [join(run, 'state.json')]
  },
}

describe('resume after damage', () => {
  test.each(Object.entries(damages))(
    '%s: says what was damaged and what it did, keeps the old content, and asks for no answer again',
    async (damage, harm) => {
      const name = damage.replaceAll(/\W+/g, '-')
      const run = await complete(name)
      const sound = await stack.status(name)
      const asked = provider.requests.length
      const damaged = await harm(run)
      const stood = damaged.filter((file) => existsSync(file))

      const { code, stderr } = await stack.arcloom('resume', name)
      expect({ code, stderr }).toMatchObject({ code: 0 })
      for (const file of damaged) expect(stderr).toContain(`repaired: ${file}: `)
      for (const file of stood) expect(stderr).toMatch(new RegExp(`${RegExp.escape(file)}: .*the damaged file: `))
      const kept = await readdir(join(run, 'damaged'), { recursive: true, withFileTypes: true }).catch(() => [])
      expect(kept.filter((entry) => entry.isFile())).toHaveLength(stood.length)

      expect(provider.requests.length).toBe(asked)
      const { started_at: _, open_seconds: __, ended_at: ___, ...after } = await stack.status(name)
      expect(after).toMatchObject({
        state: 'complete',
        tasks: { total: items, done: items, failed: 0 },
        samples: { wanted: items * samples, stored: items * samples, repaid: 0 },
        requests: { sent: items * samples },
        verdicts: sound.verdicts,
        scores: sound.scores,
        solved_task_ids: sound.solved_task_ids,
        cost_usd: sound.cost_usd,
      })
      expect(after.damage).toBeUndefined()
    },
    120_000,
  )

  test('of an answer is refused, since it was paid for, and asks for that one alone when told to', async () => {
    const run = await complete('answer')
    const answer = await first(await first(join(run, 'answers')))
    await writeFile(answer, '{}')
    const asked = provider.requests.length

    const refused = await stack.arcloom('resume', 'answer')
    expect(refused.code).toBe(2)
    expect(refused.stderr).toContain(answer)
    expect(refused.stderr).toContain('npx arcloom resume answer --ask-again')
    expect(provider.requests.length).toBe(asked)

    expect((await stack.arcloom('resume', 'answer', '--ask-again')).code).toBe(0)
    expect(provider.requests.length).toBe(asked + 1)
    expect(await stack.status('answer')).toMatchObject({ state: 'complete', tasks: { done: items } })
  })
})
