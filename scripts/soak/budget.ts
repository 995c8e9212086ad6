#!/usr/bin/env -S node --disable-warning=ExperimentalWarning
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { exitCodes } from '../../src/cli/exit-codes.ts'
import type { RunDocument } from '../../src/domain/results/run-document.ts'
import type { LedgerLine } from '../../src/domain/runs/ledger-lines.ts'
import { createRandom } from '../../test/support/create-random.ts'
import { startFakeProvider, type RecordedRequest, type Reply } from '../../test/support/fake-provider.ts'
import { openScriptStack } from '../../test/support/script-stack.ts'
import { answers } from '../../test/support/test-bench.ts'
import { writeTasks } from '../../test/support/write-tasks.ts'

/*
 * Random runs, each with a budget, against a provider that adds up its charges and replies with random faults, while the worker,
 * or everything, is killed with kill -9 at random. A run that reaches its budget is resumed with twice as much. Exits with 1 if
 * a provider charged more than a run's budget or than the maximum the run reports, or if a stored answer was requested again.
 */

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '20' },
    'at-once': { type: 'string', default: '4' },
    items: { type: 'string', default: '12' },
    kills: { type: 'string', default: '3' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
  },
})
const runs = Number(values.runs)
const atOnce = Number(values['at-once'])
const random = createRandom(Number(values.seed))

// The prices of the model in models.json; its requests go to the provider of this script.
const model = 'OPENAI_GPT_SOL'
const maxTokens = 200
const priceUsd = (promptTokens: number, completionTokens: number) => (2 * promptTokens + 10 * completionTokens) / 1e6

/** How often each reply comes, and whether it is charged. */
const replies: readonly (readonly [share: number, name: string, charged: boolean])[] = [
  [50, 'answer', true],
  [10, 'answer without usage', true],
  [7, 'unusable with usage', true],
  [5, 'unusable without usage', true],
  [5, 'connection reset', true],
  [5, 'connection cut', true],
  [5, '504', true],
  [7, '429', false],
  [6, '500', false],
]

function choose<Value extends readonly [number, ...unknown[]]>(weighted: readonly Value[]): Value {
  let remaining = random() * weighted.reduce((sum, [share]) => sum + share, 0)
  const chosen = weighted.find(([share]) => (remaining -= share) < 0) ?? weighted.at(-1)
  if (chosen === undefined) throw new RangeError('nothing to choose from')
  return chosen
}

const charged = new Map<string, number>()
const replied = new Map<string, number>()
const runOf = ({ path }: RecordedRequest) => path.split('/')[1] ?? ''

/** Charges when the request arrives, so that a worker killed afterwards does not know. */
async function reply(request: RecordedRequest): Promise<Reply> {
  const [, name, isCharged] = choose(replies)
  // A prompt has at most one token per byte, and usually fewer.
  const bytes = Buffer.byteLength(request.body.messages.map(({ content }) => content).join(''))
  const usage = {
    prompt_tokens: Math.ceil(bytes * (random() < 0.2 ? 1 : 0.3)),
    completion_tokens: random() < 0.2 ? maxTokens : Math.ceil(random() * maxTokens),
  }
  const run = runOf(request)
  if (isCharged) {
    charged.set(run, (charged.get(run) ?? 0) + priceUsd(usage.prompt_tokens, usage.completion_tokens))
  }
  replied.set(name, (replied.get(name) ?? 0) + 1)
  await sleep(random() < 0.1 ? 3_000 : random() * 600)
  switch (name) {
    case 'answer':
      return { text: answers.flip, body: { usage } }
    case 'answer without usage':
      return { text: answers.flip, body: { usage: undefined } }
    case 'unusable with usage':
      return { status: 200, body: { choices: [], usage } }
    case 'unusable without usage':
      return { status: 200, body: { choices: [] } }
    case 'connection reset':
      return { reset: true }
    case 'connection cut':
      return { broken: true }
    case '429':
      return { status: 429, body: { error: { message: 'slow down' } }, headers: { 'retry-after': '1' } }
    default:
      return { status: Number(name), body: { error: { message: 'fault' } } }
  }
}

let resumed = 0
const stack = await openScriptStack()
const provider = await startFakeProvider({ reply })
const faults: string[] = []

/** Starts a run and follows it to its end, through all kills; if it reaches its budget, to its end with a larger one. */
async function runToEnd(name: string, dataset: string): Promise<void> {
  let budgetUsd = 0.004 + random() * 0.1
  const place = ['--model', model, '--base-url', `${provider.url.replace('/v1', '')}/${name}/v1`, '--dataset', dataset]
  const limits = ['--max-tokens', String(maxTokens), '--seed', '0', '--best-of', String(1 + Math.floor(random() * 3))]
  const size = ['--max-concurrent-tasks', String(1 + Math.floor(random() * 8))]
  const budget = (usd: number) => ['--budget-usd', usd.toFixed(6)]
  const command = ['benchmark', 'code', ...place, ...limits, ...size, ...budget(budgetUsd), '--name', name]
  await begin(command)
  await waitForEnd(name)
  const first = await stack.status(name)
  if (first.state === 'budget-reached') {
    check(name, budgetUsd, first.cost_at_most_usd)
    budgetUsd *= 2
    resumed += 1
    await begin(['resume', name, ...budget(budgetUsd)])
    await waitForEnd(name)
  }
  const last = await stack.status(name)
  // A damaged run has no numbers.
  if (!Object.hasOwn(last, 'requests')) return void faults.push(`${name}: ${JSON.stringify(last)}`)
  const { state, reason, cost_at_most_usd, tasks, samples, requests } = last
  check(name, budgetUsd, cost_at_most_usd)
  const arrived = provider.requests.filter((request) => runOf(request) === name).length
  // The ledger is written first: a worker killed in between has noted a request that was never sent.
  if (arrived > requests.sent)
    faults.push(`${name}: ${arrived} requests arrived, and ${requests.sent} are in its ledger`)
  const again = await listRequestedAgain(last)
  if (again.length > 0) faults.push(`${name}: requested again although stored: ${again.join(', ')}`)
  if (state !== 'budget-reached' && state !== 'complete' && state !== 'failed') faults.push(`${name}: ended ${state}`)
  const usd = [charged.get(name) ?? 0, cost_at_most_usd ?? NaN, budgetUsd].map((each) => each.toFixed(5))
  console.log(
    `${name.padEnd(10)} charged ${usd[0]}  at most ${usd[1]}  budget ${usd[2]}  ${state}: ` +
      `${tasks.done}/${tasks.total} tasks, ${samples.stored} answers, ${requests.sent} requests, ${samples.repaid} paid for again` +
      (state === 'failed' ? ` (${reason})` : ''),
  )
}

/** A worker that is killed again and again while it starts is given up, and the command says so: a user then types `up`. */
async function begin(command: readonly string[]): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    const { code, stderr } = await stack.arcloom(...command)
    if (code !== exitCodes.unreachable) return
    if (tries === 4) throw new Error(`arcloom ${command.join(' ')}: ${stderr}`)
    await stack.arcloom('up')
  }
}

/** `watch` ends early when the stack dies under it. */
async function waitForEnd(name: string): Promise<void> {
  for (let tries = 0; tries < 60; tries += 1) {
    const { state } = await stack.status(name).catch(() => ({ state: 'running' }))
    if (state !== 'running') return
    await stack.arcloom('watch', name)
    await sleep(1_000)
  }
  throw new Error(`${name} did not end`)
}

function check(name: string, budgetUsd: number, maxSpentUsd: number | null): void {
  const paid = charged.get(name) ?? 0
  const say = (words: string) => faults.push(`${name}: ${words}`)
  if (paid > budgetUsd + 1e-6) say(`the provider charged ${paid}, and the budget is ${budgetUsd}`)
  if (maxSpentUsd === null) say('the run has no upper bound for its cost')
  else if (paid > maxSpentUsd + 1e-6) say(`the provider charged ${paid}, and the run says at most ${maxSpentUsd}`)
  else if (maxSpentUsd > budgetUsd + 1e-6) say(`it counts ${maxSpentUsd}, and the budget is ${budgetUsd}`)
}

/** Keys of answers for which a request was sent after they had been stored. */
async function listRequestedAgain({ run_id, requests: { sent } }: RunDocument): Promise<string[]> {
  const folder = join(stack.dataDir, 'runs', run_id, 'ledger')
  const texts = await Promise.all(
    (sent === 0 ? [] : await readdir(folder)).map((file) => readFile(join(folder, file), 'utf8')),
  )
  const lines = texts.flatMap((text) => text.split('\n').filter(Boolean).flatMap(readLine))
  const storedAt = new Map<string, string>()
  for (const line of lines) {
    if (line.type !== 'settled' || line.fate !== 'stored') continue
    const earlier = storedAt.get(line.answer)
    if (earlier === undefined || line.at < earlier) storedAt.set(line.answer, line.at)
  }
  return lines
    .filter((line) => line.type === 'sent' && line.at > (storedAt.get(line.answer) ?? '9'))
    .map(({ answer }) => answer)
}

function readLine(line: string): LedgerLine[] {
  try {
    return [JSON.parse(line) as LedgerLine] // written by the stack under test
  } catch {
    return [] // half a line, cut by a kill
  }
}

async function killAtRandom(open: () => boolean): Promise<number> {
  for (let done = 0; ; done += 1) {
    await sleep(4_000 + random() * 6_000)
    if (!open() || done === Number(values.kills)) return done
    const everything = random() < 0.3
    try {
      if (everything) stack.kill('supervisor', 'worker', 'server', 'baseline')
      else stack.kill('worker')
      console.log(`  kill -9 of ${everything ? 'everything, then up' : 'the worker'}`)
    } catch {
      console.log('  nothing to kill: it is still being restarted')
    }
    if (!everything) continue
    const { code, stderr } = await stack.arcloom('up')
    if (code !== 0) throw new Error(`up ended with ${code}: ${stderr}`)
  }
}

let kills = 0
try {
  console.log(`seed ${values.seed}`)
  const dataset = await writeTasks(join(stack.dataDir, 'tasks'), Number(values.items))
  await stack.arcloom('up')
  for (let nth = 1; nth <= runs; nth += atOnce) {
    let open = true
    const names = Array.from({ length: Math.min(atOnce, runs - nth + 1) }, (_, index) => `budget-${nth + index}`)
    const ended = Promise.all(names.map((name) => runToEnd(name, dataset))).finally(() => (open = false))
    const [done] = await Promise.all([killAtRandom(() => open), ended])
    kills += done
  }
  console.log(
    `${provider.requests.length} requests, ${kills} kills, ${resumed} resumed with more; ${JSON.stringify(Object.fromEntries(replied))}`,
  )
  console.log(faults.length > 0 ? `FAILED:\n${faults.join('\n')}` : `ok: all ${runs} budgets held`)
} finally {
  await stack.close()
  await provider.close()
}
process.exit(faults.length > 0 ? 1 : 0)
