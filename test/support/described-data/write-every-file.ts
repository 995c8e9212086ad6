import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createDatasetFile } from '../../../src/adapters/datasets/dataset-file.ts'
import { hashTask } from '../../../src/adapters/datasets/hash-task.ts'
import { createProgressFile } from '../../../src/adapters/datasets/progress-file.ts'
import { hashText } from '../../../src/adapters/files/hash.ts'
import { createLabelStore } from '../../../src/adapters/labels/label-store.ts'
import { openRouterModelsUrl } from '../../../src/adapters/models/prices/fetch-openrouter-list.ts'
import { putOpenRouterList } from '../../../src/adapters/models/prices/openrouter-list.ts'
import { createFileBlobs } from '../../../src/adapters/stores/file-blobs.ts'
import type { NewRun, RunFolder, RunStore } from '../../../src/adapters/stores/run-store.ts'
import { collectTraces } from '../../../src/adapters/traces/collect-traces.ts'
import { createTraceStore } from '../../../src/adapters/traces/trace-store.ts'
import { createApp } from '../../../src/api/create-app.ts'
import { openLibrary } from '../../../src/api/open-library.ts'
import { reopenRun } from '../../../src/client/reopen-run.ts'
import { startRun } from '../../../src/client/start-run.ts'
import { applyTransforms } from '../../../src/domain/grids/transforms/apply-transform.ts'
import type { Transform } from '../../../src/domain/grids/transforms/transform.ts'
import { chooseLimits } from '../../../src/domain/runs/program-limits.ts'
import type { SandboxProof } from '../../../src/domain/runs/record.ts'
import type { SandboxChoice } from '../../../src/domain/runs/sandbox-choice.ts'
import type { Task } from '../../../src/domain/tasks/task.ts'
import { prepareRun, type RunRequest } from '../../../src/runs/prepare-run.ts'
import { recallNumbers } from '../../../src/runs/recall-numbers.ts'
import { settleRun } from '../../../src/runs/settle-run.ts'
import { prepareVerification } from '../../../src/runs/verifying/prepare-verification.ts'
import { readProgramsOfFile } from '../../../src/runs/verifying/read-programs-of-file.ts'
import { buildPairs } from '../build-run.ts'
import { startFakeBatches, type FakeBatchesOptions } from '../fake-batches.ts'
import { startFakeProvider, type FakeProvider, type RecordedRequest, type Reply } from '../fake-provider.ts'
import { buildDiscussionModel, openTestDiscussions } from '../open-discussions.ts'
import { answers, buildModel, buildRun, type TestBench } from '../test-bench.ts'

/** A task that can be recognised in a prompt: no other has this row. */
function makeTask(digit: number) {
  const pairs = buildPairs(1000 * digit)
  const task: Task = { taskId: `task-${digit}`, version: 0, dataset: 'made', split: 'training', ...pairs }
  return { row: `[${digit},0,0,0]`, task }
}

const right = makeTask(1)
const near = makeTask(2)
const failing = makeTask(3)

const copied = '```python\ndef solve_task(grid):\n    known = [[1, 2, 3, 4], [1, 0, 0, 0]]\n    return grid[::-1]\n```'
const greedy = '```python\ndef solve_task(grid):\n    return [bytearray(10 ** 12)]\n```'
const half = '```python\ndef solve_task(grid):\n    return [grid[1], grid[1]]\n```'

/** As commands see it for a worker in a process of its own. */
const proof: SandboxProof = { description: { level: 'bwrap', python: '/usr/bin/python3' }, withstood: ['fork'] }

function asks({ body }: RecordedRequest, { row }: typeof right): boolean {
  return body.messages.some(({ content }) => content.includes(row))
}

/**
 * Programs that are right with an output spelled out, wrong, broken and missing; a rejected request; a task that fails; an answer
 * of unknown cost.
 */
function replyToCode(request: RecordedRequest): Reply {
  if (asks(request, failing)) return { stream: ['It is '], end: 'cut' }
  const seed = Number(request.body['seed'])
  if (asks(request, near))
    return seed === 0 ? { status: 400, body: { error: { message: 'too long' } } } : { text: seed === 3 ? greedy : half }
  const text = [copied, answers.same, answers.broken, answers.none][seed] ?? ''
  const served = { service_tier: 'default', system_fingerprint: 'fp_44709d6fcb' }
  return { text, body: seed === 3 ? { usage: null } : served }
}

/**
 * Has every kind of file written below the bench's data folder by the code that writes it: a code and a direct benchmark, a
 * generation, a verification, and edits by users. Together they contain every field.
 */
export async function writeEveryFile(bench: TestBench): Promise<void> {
  const { dataDir } = bench.config
  const untilEnd = (runId: string) =>
    bench.client.workflow
      .getHandle(runId)
      .result()
      .catch(() => undefined)
  const end = async (run: NewRun) => {
    await startRun(bench.opening, bench.store, run)
    await untilEnd(run.run.run_id)
  }
  const askAll = async (
    reply: (request: RecordedRequest) => Reply,
    change: Partial<RunRequest>,
    again?: 'once more',
  ) => {
    const provider = await startFakeProvider({ reply })
    try {
      const { run, ...rest } = prepareRun(buildRequest(provider, change), new Date())
      await end({ ...rest, run: { ...run, sandbox: proof, baseline: { seconds: 5 } } })
      if (again === undefined) return
      await reopenRun(bench.opening, await bench.store.openRun(run.run_id), {})
      await untilEnd(run.run_id)
    } finally {
      await provider.close()
    }
  }
  await askAll(() => ({ status: 401, body: { error: { message: 'no such key' } } }), {}, 'once more')
  const limits = chooseLimits({ cpuSeconds: 5 })
  await askAll(replyToCode, { tasks: [right.task, near.task, failing.task], samples: 4, rounds: 2, limits })
  const grid = JSON.stringify(right.task.test[0]?.output)
  await askAll(({ body }) => ({ text: body['seed'] === 0 ? `It turns.\n\`\`\`\n${grid}\n\`\`\`` : answers.none }), {
    recipe: 'direct',
    solver: 'refine',
    tasks: [{ ...right.task, version: 1, derivedFrom: { version: 0, transforms: [] } }],
  })
  // It runs no program, so none is unprotected.
  const explanation = 'Every grid stands on its head, and the rows change places.'
  // Dearer than its maximum by the price, so that the next request counts as much.
  await askAll(
    () => ({ text: explanation, body: { usage: { prompt_tokens: 700, completion_tokens: 60, cost: 0.05 } } }),
    {
      kind: 'generation',
      recipe: 'reasoning',
      sandbox: 'none',
      tasks: [right.task, near.task],
      samples: 1,
      controls: { max_concurrent_tasks: 1, save_interval: 1, budget_usd: 1, stream: true },
    },
  )
  await askInBatches(end)
  await settleAll(bench.store)
  const results = join(dataDir, 'benchmark/code_benchmark/code_benchmark_partial_results.jsonl')
  await end(await prepareVerificationOf(results, 'auto'))
  // Not started: its programs would run unprotected.
  await bench.store.createRun(await prepareVerificationOf(results, 'none'))
  for (const runId of await bench.store.listRuns()) await sendBackWhole(await bench.store.openRun(runId))
  for (const runId of await bench.store.listRuns()) await recallNumbers(await bench.store.openRun(runId), 'code')
  await editVersions(join(dataDir, 'dataset.json'), right.task)
  await editTraces(join(dataDir, 'traces_store.json'), join(dataDir, 'synthetic_data/reasoning_data'))
  await editProgress(join(dataDir, 'progress.json'), right.task)
  await labelTexts(join(dataDir, 'labels.jsonl'), right.task)
  await discuss(dataDir, right.task)
  const pricing = { 'a/model': { prompt: '0.000001', completion: '0.000002' } }
  await putOpenRouterList(dataDir, { fetched_at: new Date().toISOString(), source: openRouterModelsUrl, pricing })
}

/** A prompt as in a later round of a model that gets its replies back whole. */
async function sendBackWhole(folder: RunFolder): Promise<void> {
  const [answer] = await folder.listAnswers()
  if (answer !== undefined) await folder.putPrompt([{ role: 'assistant', content: 'It turns.', answer }])
}

/** As if the provider had said later what its broken requests cost. */
async function settleAll(runs: RunStore): Promise<void> {
  const cost = { found: true, costUsd: 0.001, usage: { promptTokens: 5, completionTokens: 2 } } as const
  const asker = { ask: async () => cost }
  for (const runId of await runs.listRuns()) {
    await settleRun(await runs.openRun(runId), { asker, title: 'The server', now: () => new Date() })
  }
}

/** One question that fails and is asked again, and whose answer is kept. */
async function discuss(dataDir: string, { taskId, train, test }: Task): Promise<void> {
  const project = await mkdtemp(join(tmpdir(), 'arcloom-discussed-'))
  await mkdir(join(project, 'data/tasks/training'), { recursive: true })
  await writeFile(join(project, 'data/tasks/training', `${taskId}.json`), JSON.stringify({ train, test }))
  // The cost is implausible, which the ledger says.
  const body = { usage: { prompt_tokens: 5, completion_tokens: 2, cost: -1 } }
  const provider = await startFakeProvider({
    script: [
      { status: 429, body: 'slow' },
      { text: 'It turns.', body },
    ],
  })
  try {
    const models = [buildDiscussionModel(provider.url)]
    const discussions = openTestDiscussions({ models, blobs: createFileBlobs(dataDir) })
    const library = openLibrary({ project, data: dataDir })
    const app = createApp({ library, discussions, readPage: async () => new Map(), onFault: () => {} })
    const post = async (address: string, body: object) => {
      const headers = { host: '127.0.0.1', 'content-type': 'application/json' }
      const request = { method: 'POST', headers, body: JSON.stringify({ person: 'ada', model: 'FAKE', ...body }) }
      return (await app.request(`http://127.0.0.1/api/discussions${address}`, request)).text()
    }
    const drawing = { test: 0, grid: [[1]] }
    const sample = { run: await findRunOf(library.runs, hashTask({ train, test })), sample: 0 }
    const [begun = ''] = (await post('', { task: taskId, text: 'What changes?', drawing, sample })).split('\n')
    const { discussion } = JSON.parse(begun) as { discussion: string }
    await post(`/${discussion}/again`, {})
    await post(`/${discussion}/traces`, { question: 'q1' })
  } finally {
    await provider.close()
    await rm(project, { recursive: true })
  }
}

/** A run that has recorded the pairs with this hash. */
async function findRunOf(runs: RunStore, hash: string): Promise<string> {
  for (const runId of await runs.listRuns()) {
    const folder = await runs.openRun(runId)
    const item = (await folder.listItems()).find((each) => each.hash === hash)
    if (item && (await folder.findRecord(item.key))) return runId
  }
  throw new Error(`no run has recorded ${hash}`)
}

function buildRequest(provider: FakeProvider, change: Partial<RunRequest>): RunRequest {
  return {
    kind: 'benchmark',
    recipe: 'code',
    model: {
      key: 'FAKE',
      provider: 'local',
      id: 'fake',
      baseUrl: provider.url,
      baseUrls: [provider.url],
      prices: { promptUsdPerMillion: 1, completionUsdPerMillion: 2, asOf: '2026-01-01' },
      limits: { requestsPerMinute: 6_000, tokensPerMinute: 9_000_000, concurrentRequests: 10, maxReplyMegabytes: 8 },
      defaults: { temperature: 0.5 },
      username: 'fake',
    },
    sampling: { maxTokens: 1_000, reasoningEffort: 'low', seed: 0, parameters: { top_p: 0.9 } },
    gridEncoding: 'json',
    samples: 2,
    rounds: 1,
    datasets: [{ path: 'made', tasks: change.tasks ?? [right.task], faults: [] }],
    tasks: [right.task],
    controls: { max_concurrent_tasks: 3, save_interval: 1, budget_usd: null, stream: true },
    versions: { arcloom: '0.0.0' },
    ...change,
  }
}

/** From a copy of a results file whose last line is torn. */
async function prepareVerificationOf(path: string, sandbox: SandboxChoice): Promise<NewRun> {
  const folder = await mkdtemp(join(tmpdir(), 'arcloom-torn-'))
  const torn = join(folder, 'theirs.jsonl')
  await writeFile(torn, `${await readFile(path, 'utf8')}{"task_id": "torn`)
  const given = await readProgramsOfFile(torn)
  await rm(folder, { recursive: true })
  return prepareVerification(
    {
      programsToVerify: given,
      entryPoints: ['solve_task'],
      controls: { max_concurrent_tasks: 2, max_concurrent_requests: 4, save_interval: 1, budget_usd: null },
      sandbox,
      limits: chooseLimits({ cpuSeconds: 5 }),
      output: null,
      versions: { arcloom: '0.0.0' },
    },
    new Date(),
  )
}

async function editVersions(path: string, { taskId, train, test }: Task): Promise<void> {
  const file = createDatasetFile(path)
  const base = { train, test }
  const transforms: Transform[] = [{ kind: 'symmetry', symmetry: 'mirror-left-right' }]
  await file.sign({ task_id: taskId, base, derived: null, signer: 'ada' })
  const derived = { pairs: applyTransforms(base, transforms), from: { version: 0, transforms } }
  await file.sign({ task_id: taskId, base, derived, signer: 'ada' })
  await file.remove({ taskId, version: 1 }, 'ada')
  await file.restore({ taskId, version: 1 })
}

async function editTraces(path: string, results: string): Promise<void> {
  const store = createTraceStore(path, '')
  const trace = await store.add({ task_id: 'task-1', username: 'ada', text: 'It stands on its head.', version: 1 })
  await store.vote({ traceId: trace.trace_id, username: 'bob', vote: 1 })
  const [file] = (await readdir(results)).filter((name) => name.endsWith('.json'))
  const { traces } = await collectTraces(join(results, file ?? ''), { nameAuthor: (model) => model })
  await store.merge(traces)
  await store.remove({ traceId: trace.trace_id, username: 'ada' })
  await store.restore({ traceId: trace.trace_id, username: 'ada' })
}

async function editProgress(path: string, task: Task): Promise<void> {
  const file = createProgressFile(path)
  const hash = hashTask(task)
  for (const correct of [false, true]) {
    const about = { task_id: task.taskId, task_hash: hash }
    await file.countTry({ person: 'ada', hash, task: about, test: 0, tests: task.test.length, correct })
  }
}

async function labelTexts(path: string, { taskId }: Task): Promise<void> {
  const store = createLabelStore(path)
  const about = { at: new Date().toISOString(), task_id: taskId, text_hash: hashText('It turns.'), saw_outcome: false }
  const sample = { ...about, person: 'ada', run_id: 'run', item: taskId, sample: 0 }
  await store.put({ ...sample, label: 'lucky', note: 'by its colours' })
  await store.put({ ...sample, label: null })
  await store.put({ ...about, person: 'bob', trace_id: 'trace', label: 'right' })
}

/** One of the two tasks fails in every batch, and what it waited for is left over. */
async function askInBatches(end: (run: NewRun) => Promise<void>): Promise<void> {
  const outcome: FakeBatchesOptions['outcome'] = ({ body }) =>
    body.messages.some(({ content }) => content.includes(near.row)) ? 'expired' : { text: answers.flip }
  const provider = await startFakeBatches({ outcome, hasEnded: () => true })
  try {
    await end(
      buildRun(provider.url, {
        model: buildModel(provider.url, { provider: 'openai' }),
        tasks: [right.task, near.task],
        samples: 1,
        controls: { max_concurrent_tasks: 1, save_interval: 1, budget_usd: null, batch: 'batch' },
      }),
    )
  } finally {
    await provider.close()
  }
}
