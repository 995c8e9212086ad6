#!/usr/bin/env -S node --disable-warning=ExperimentalWarning
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import type { Client } from '@temporalio/client'
import type { RunFolder } from '../../src/adapters/stores/run-store.ts'
import { connectClient } from '../../src/client/connect.ts'
import { isOpenBatch } from '../../src/domain/runs/batches/batch.ts'
import { nameBatchWorkflow } from '../../src/domain/runs/workflow-ids.ts'
import { openRunStore } from '../../src/runs/open-run-store.ts'
import type { PartName } from '../../src/stack/parts/part.ts'
import { createRandom } from '../../test/support/create-random.ts'
import { startFakeBatches, type Creation } from '../../test/support/fake-batches.ts'
import { openScriptStack } from '../../test/support/script-stack.ts'
import { answers } from '../../test/support/test-bench.ts'
import { writeTasks } from '../../test/support/write-tasks.ts'

/*
 * A priced run that asks in a batch. Kills at random, with kill -9, while the batch is built, sent, waited for and collected: the
 * worker, the Temporal server, the client, or everything followed by `up`. Exits with 1 if a line was asked twice, if the run did
 * not complete by itself, if it did not cost half of the full price, or if an activity was held during the wait.
 */

const { values } = parseArgs({
  options: {
    lines: { type: 'string', default: '1000' },
    kills: { type: 'string', default: '20' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
  },
})
const samples = 4
const tasks = Math.ceil(Number(values.lines) / samples)
const lines = tasks * samples
const kills = Number(values.kills)
const random = createRandom(Number(values.seed))

/** Its provider names a batch by its label at once. Others recognise a lost one only when it has ended. */
const model = 'OPENAI_GPT_SOL'
/** By the prices of the model in models.json, for the usage that the server reports: 100 and 10 tokens. */
const lineUsd = (2 * 100 + 10 * 10) / 1e6
const batchActivities = new Set(['buildBatches', 'submitBatch', 'checkBatch', 'collectBatch', 'cancelBatch'])
const maxBatchActivities = 20
/** A worker that was killed holds an activity until its heartbeat is missed, or the next worker reports it. */
const maxRecoveryMs = 60_000
/** A batch that is not in the provider's list is sent again after a minute. */
const maxSendingMs = 180_000
const maxEndMs = 20 * 60_000

type Victim = readonly (PartName | 'supervisor')[] | 'client'
const everything = ['supervisor', 'worker', 'server', 'baseline'] as const
const victims: readonly Victim[] = [['worker'], ['server'], ['worker', 'server'], 'client', everything]

/** The client can die once, and where a batch is sent or collected its death would change nothing. */
function chooseVictim(moment: Moment): Victim {
  const isClientAlive = moment !== 'sending' && moment !== 'collecting' && !begun?.killed
  const choice = victims.filter((victim) => isClientAlive || victim !== 'client')
  return choice[Math.floor(random() * choice.length)] ?? everything
}

type Moment = 'building' | 'sending' | 'waiting' | 'collecting'
/** With fewer than three kills, all of them come during the wait. */
const moments: readonly Moment[] =
  kills < 3
    ? Array.from({ length: kills }, () => 'waiting')
    : ['building', 'sending', ...Array.from({ length: kills - 3 }, () => 'waiting' as const), 'collecting']

const faults: string[] = []
let killed = 0
let ups = 0
let isStarting = false
let isOver = false
const sending = Promise.withResolvers<Victim>()
const collecting = Promise.withResolvers<void>()

const stack = await openScriptStack()
const provider = await startFakeBatches({
  create: (nth) => (nth === 0 && moments.includes('sending') ? killWhileSending() : 'made'),
  hasEnded: () => isOver,
  outcome() {
    collecting.resolve()
    return { text: answers.flip }
  },
})
let begun: ReturnType<typeof stack.begin> | undefined

/** Before the worker can read the reply, which often never comes. */
function killWhileSending(): Creation {
  const victim = isStarting ? (['worker'] as const) : chooseVictim('sending')
  kill(victim, 'sending')
  sending.resolve(victim)
  if (random() < 0.25) return 'cut'
  return random() < 0.5 ? 'lost' : 'made'
}

function kill(victim: Victim, moment: Moment): void {
  killed += 1
  console.log(`  ${killed}/${kills} ${moment}: kill -9 of ${victim === 'client' ? victim : victim.join(', ')}`)
  if (victim === 'client') return void begun?.kill('SIGKILL')
  for (const name of victim) {
    try {
      stack.kill(name)
    } catch {
      console.log(`    ${name} is still being restarted`)
    }
  }
}

/** The supervisor restarts everything else. */
async function recover(victim: Victim): Promise<void> {
  if (victim === 'client' || !victim.includes('supervisor')) return
  isStarting = true
  ups += 1
  const { code, stderr } = await stack.arcloom('up')
  isStarting = false
  if (code !== 0) throw new Error(`up ended with ${code}: ${stderr}`)
}

async function waitUntil(what: string, maxMs: number, holds: () => Promise<boolean>): Promise<void> {
  for (const endsAtMs = Date.now() + maxMs; ; await sleep(200)) {
    if (await holds()) return
    if (Date.now() > endsAtMs) throw new Error(`${what} did not happen within ${maxMs / 1000} s`)
  }
}

function within<Value>(what: string, maxMs: number, promise: Promise<Value>): Promise<Value> {
  const late = sleep(maxMs, undefined, { ref: false }).then(() => {
    throw new Error(`${what} did not happen within ${maxMs / 1000} s`)
  })
  return Promise.race([promise, late])
}

async function openTheRun(): Promise<RunFolder> {
  const store = openRunStore(stack.config, 'soak')
  await waitUntil('the start of the run', maxRecoveryMs, async () => (await store.listRuns()).length === 1)
  return store.openRun((await store.listRuns())[0] ?? '')
}

async function waitUntilSent(folder: RunFolder): Promise<void> {
  await waitUntil('the sending of the batch', maxSendingMs, async () => {
    const { state, reason } = await folder.readState()
    if (state !== 'running') throw new Error(`the run ended ${state} before its batch was sent: ${reason}`)
    const batches = await Promise.all((await folder.listBatches()).map((id) => folder.readBatch(id)))
    return batches.some(isOpenBatch) && batches.filter(isOpenBatch).every(({ provider_id }) => provider_id !== null)
  })
}

/** Waits until nothing has held an activity for a second: a look at the batch takes one only for a moment. */
async function waitUntilIdle(client: Client): Promise<void> {
  let idle = 0
  await waitUntil('a wait without a pending activity', maxRecoveryMs, async () => {
    const pending = await countPending(client).catch(() => NaN) // the server is being restarted
    idle = pending === 0 ? idle + 1 : 0
    return idle === 5
  })
}

async function countPending(client: Client): Promise<number> {
  let pending = 0
  for await (const { workflowId } of client.workflow.list({ query: "ExecutionStatus = 'Running'" })) {
    const { raw } = await client.workflow.getHandle(workflowId).describe()
    pending += raw.pendingActivities?.length ?? 0
  }
  return pending
}

async function arrive(moment: Moment, client: Client, folder: RunFolder): Promise<void> {
  switch (moment) {
    case 'building':
      await waitUntil('the start of the workflow', maxRecoveryMs, () =>
        client.workflow
          .getHandle(folder.runId)
          .describe()
          .then(
            () => true,
            () => false,
          ),
      )
      return sleep(random() * 1_000)
    case 'waiting':
      await waitUntilSent(folder)
      await waitUntilIdle(client)
      return sleep(random() * 2_000)
    case 'collecting':
      await waitUntilSent(folder)
      await waitUntilIdle(client)
      isOver = true
      await within('the collecting of the batch', maxEndMs, collecting.promise)
      return sleep(random() * lines * 2)
    case 'sending':
      return
  }
}

async function killAtRandom(client: Client, folder: RunFolder): Promise<void> {
  for (const moment of moments) {
    let victim: Victim
    if (moment === 'sending') {
      victim = await within('the sending of the batch', maxSendingMs, sending.promise)
    } else {
      await arrive(moment, client, folder)
      victim = chooseVictim(moment)
      kill(victim, moment)
    }
    await recover(victim)
  }
  if (isOver) return
  await waitUntilSent(folder)
  await waitUntilIdle(client)
  isOver = true
}

/** How many activities the run and its batches have started, by name. */
async function countActivities(client: Client, folder: RunFolder): Promise<ReadonlyMap<string, number>> {
  const ids = [folder.runId, ...(await folder.listBatches()).map((id) => nameBatchWorkflow(folder.runId, id))]
  const counts = new Map<string, number>()
  for (const id of ids) {
    for await (const { runId } of client.workflow.list({ query: `WorkflowId = '${id}'` })) {
      const { events } = await client.workflow.getHandle(id, runId).fetchHistory()
      for (const { activityTaskScheduledEventAttributes: scheduled } of events ?? []) {
        const name = scheduled?.activityType?.name
        if (name) counts.set(name, (counts.get(name) ?? 0) + 1)
      }
    }
  }
  return counts
}

/** @returns how often each answer was asked for, over all batches that the server took */
async function countAsked(folder: RunFolder): Promise<ReadonlyMap<string, number>> {
  const answerOf = new Map<string, string>()
  for (const id of await folder.listBatches()) {
    for (const { request, answer } of await folder.readBatchRequests(id)) answerOf.set(request, answer)
  }
  const asked = new Map<string, number>()
  for (const { custom_id } of provider.batches.flatMap((batch) => batch.lines)) {
    const answer = answerOf.get(custom_id) ?? `unknown ${custom_id}`
    asked.set(answer, (asked.get(answer) ?? 0) + 1)
  }
  return asked
}

async function judge(client: Client, folder: RunFolder): Promise<void> {
  const { state, reason, tasks: done, samples: stored, requests, cost_usd } = await stack.status(folder.runId)
  const asked = await countAsked(folder)
  const again = [...asked.values()].filter((times) => times > 1).length
  const activities = await countActivities(client, folder)
  const ofBatches = [...activities].filter(([name]) => batchActivities.has(name))
  const started = ofBatches.reduce((sum, [, times]) => sum + times, 0)
  const halfUsd = (lines * lineUsd) / 2

  console.log(
    [
      `run ${state}: ${done.done}/${done.total} tasks, ${stored.stored} answers, ${requests.sent} requests`,
      `${provider.batches.length} batches at the provider, ${asked.size} lines, ${again} of them asked twice, ${provider.alone.length} asked alone`,
      `cost ${cost_usd?.toFixed(6)}, half of the full price is ${halfUsd.toFixed(6)}`,
      `activities of batches: ${started} (${ofBatches.map(([name, times]) => `${times} ${name}`).join(', ')}); ` +
        `of the run and its batches in all: ${[...activities.values()].reduce((sum, times) => sum + times, 0)}`,
      `${killed} kills; nothing was typed but up, ${ups} times`,
    ].join('\n'),
  )
  const expect = (holds: boolean, fault: string) => void (holds || faults.push(fault))
  expect(state === 'complete', `the run ended ${state}: ${reason}`)
  expect(done.done === tasks, `${done.done} of ${tasks} tasks are recorded`)
  expect(stored.stored === lines, `${stored.stored} of ${lines} answers are stored`)
  expect(asked.size === lines, `${asked.size} of ${lines} lines were asked`)
  expect(again === 0, `${again} lines were asked twice`)
  expect(provider.alone.length === 0, `${provider.alone.length} lines were asked alone`)
  expect(Math.abs((cost_usd ?? NaN) - halfUsd) < 1e-9, `it cost ${cost_usd}, and half of the full price is ${halfUsd}`)
  expect(
    started <= maxBatchActivities,
    `${started} activities were started for batches, more than ${maxBatchActivities}`,
  )
  expect(killed === kills, `${killed} of ${kills} kills were done`)
}

try {
  console.log(`seed ${values.seed}: ${lines} lines, ${kills} kills`)
  const dataset = await writeTasks(join(stack.dataDir, 'tasks'), tasks)
  const { code, stderr } = await stack.arcloom('up')
  if (code !== 0) throw new Error(`up ended with ${code}: ${stderr}`)
  const place = ['--model', model, '--base-url', provider.url, '--dataset', dataset]
  begun = stack.begin('benchmark', 'code', ...place, '--max-tokens', '200', '--best-of', String(samples), '--batch')
  const address = `127.0.0.1:${stack.config.ports.temporal}`
  const client = await connectClient({ address }, stack.config.temporal.namespace)
  try {
    const folder = await openTheRun()
    await killAtRandom(client, folder)
    await waitUntil('the end of the run', maxEndMs, async () => (await folder.readState()).state !== 'running')
    const { code: clientCode, stderr: words } = await begun.ended
    if (clientCode) console.log(`the client ended with ${clientCode}: ${words.trim().split('\n').at(-1)}`)
    await judge(client, folder)
  } finally {
    await client.connection.close()
  }
} catch (error) {
  faults.push(error instanceof Error ? error.message : String(error))
} finally {
  await stack.close()
  await provider.close()
}
console.log(faults.length > 0 ? `FAILED:\n${faults.join('\n')}` : 'ok: no line was asked twice, and nothing waited')
process.exit(faults.length > 0 ? 1 : 0)
