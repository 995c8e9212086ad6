import { ApplicationFailure } from '@temporalio/activity'
import type { Question } from '../../domain/answers/answer.ts'
import { maxBatchedCostUsd } from '../../domain/models/batch-rate.ts'
import type { Model, Sampling } from '../../domain/models/model-spec.ts'
import type { Batching } from '../../domain/providers/batches/batching.ts'
import { findApi } from '../../domain/providers/providers.ts'
import type { Message } from '../../domain/recipes/recipe.ts'
import { isOpenBatch, type Batch, type BatchedRequest } from '../../domain/runs/batches/batch.ts'
import { failureTypes } from '../../domain/runs/failure-types.ts'
import { listTestPairs } from '../../domain/runs/max-item-cost.ts'
import { needAskingRun } from '../../domain/runs/run.ts'
import type { RunScope } from '../../domain/runs/specification.ts'
import { isAskedAgain } from '../asking/ask.ts'
import { prepareQuestion } from '../asking/prepare-question.ts'
import { decideOnce } from '../decide-once.ts'
import type { ActivityContext } from '../dependencies.ts'
import { explainDiskFault } from '../disk-fault.ts'
import { listRemaining } from '../list-remaining.ts'
import { beginHistory } from '../read-history.ts'
import type { OpenRun } from '../read-run.ts'
import { readBatches } from './read-batches.ts'
import { renderBatched } from './render-batched.ts'
import { reserveBatch } from './reserve-batch.ts'

export interface BuildBatchesInput {
  readonly runId: string
  readonly scope: RunScope
}

/** Which batches have to be sent or waited for. */
export interface BuiltBatches {
  readonly batches: readonly BatchReference[]
}

export interface BatchReference {
  readonly batch: string
  readonly requests: number
}

/**
 * Puts the questions that are wanted next and have no answer into batches, as many as the provider's limits need, and reserves
 * their cost in the ledger. A question that is in a batch already is not put into another one while that is open.
 *
 * What a batch holds is stored before its requests are in the ledger, and both before anything is sent. So wherever this is
 * interrupted, the next attempt completes what it finds.
 */
export function createBuildBatches(context: ActivityContext) {
  return async function buildBatches({ runId, scope }: BuildBatchesInput): Promise<BuiltBatches> {
    const open = await context.readRun(runId)
    const { folder } = open
    const run = needAskingRun(open.run)
    const model = context.models.locate(run.model)
    const { batching } = findApi(model)
    if (batching === undefined) {
      throw ApplicationFailure.nonRetryable(`The provider ${model.provider} takes no batches.`, failureTypes.stopRun)
    }
    const batches = await readBatches(folder)
    const openBatches = batches.filter(isOpenBatch)
    for (const batch of openBatches.filter(({ reserved }) => !reserved)) await reserveBatch(context, open, batch)

    const asked = new Set<string>()
    for (const { batch } of openBatches) {
      for (const { answer } of await folder.readBatchRequests(batch)) asked.add(answer)
    }
    const spending = context.spendingOf(folder)
    const ledger = await spending.readLedger()
    const { controls } = await folder.readState()
    let roomUsd = controls.budget_usd === null ? Infinity : controls.budget_usd - ledger.maxSpentUsd()

    const builder = createBuilder(context, open, batching, capRequests(batching, batches))
    for (const item of await listRemaining(open, scope, ledger)) {
      // Reading local files never yields, and heartbeats have to be sent.
      await new Promise((resolve) => setImmediate(resolve))
      for (const question of await listQuestions(context, open, item.key)) {
        const prepared = await prepareQuestion(context, open, {
          ...question,
          testPair: question.test_pair,
        })
        const { key, sampling, messages } = prepared
        if (asked.has(key)) continue
        const stored = await folder.findAnswer(key)
        if (stored && !(await isAskedAgain(folder, stored))) continue
        const mostUsd = maxBatchedCostUsd(model, sampling, messages)
        const countedUsd = (mostUsd ?? 0) * ledger.dearness
        if (countedUsd > roomUsd) continue
        roomUsd -= countedUsd
        asked.add(key)
        await builder.add({ model, sampling, messages, question, key, mostUsd })
      }
    }
    const built = await builder.finish()
    return { batches: [...openBatches, ...built].map(({ batch, requests }) => ({ batch, requests })) }
  }
}

/** After a batch was refused because too much was waiting, the next ones are half as large. */
function capRequests({ limits }: Batching, batches: readonly Batch[]): number {
  const halves = batches.filter(({ state }) => state === 'split').map(({ requests }) => Math.ceil(requests / 2))
  return Math.min(limits.maxRequests, ...halves)
}

/** What an item waits for; before it was begun, what every item begins with. */
async function listQuestions(context: ActivityContext, open: OpenRun, item: string): Promise<readonly Question[]> {
  const wanted = await open.folder.findWanted(item)
  if (wanted !== undefined) return wanted
  const run = needAskingRun(open.run)
  const steps = await decideOnce(context, { folder: open.folder, run, item: null, past: beginHistory(run) })
  if (steps === 'done') return []
  const testPairs = listTestPairs(run.specification, await open.readItem(item))
  return steps.flatMap(({ ask: sample }) =>
    testPairs.map((testPair) => ({ item, sample, round: 1, test_pair: testPair, previous: null })),
  )
}

interface PreparedRequest {
  readonly model: Model
  readonly sampling: Sampling
  readonly messages: readonly Message[]
  readonly question: Question
  readonly key: string
  readonly mostUsd: number | null
}

/** Room for what stands around the requests of a batch. */
const frameBytes = 10_000

function createBuilder(context: ActivityContext, open: OpenRun, batching: Batching, maxRequests: number) {
  const { folder } = open
  const built: Batch[] = []
  let label = createLabel(context)
  let requests: BatchedRequest[] = []
  let bytes = 0

  async function flush(): Promise<void> {
    if (requests.length === 0) return
    const batch: Batch = {
      batch: label,
      state: 'built',
      requests: requests.length,
      bytes,
      built_at: context.now().toISOString(),
      reserved: false,
      file_id: null,
      sent_at: null,
      provider_id: null,
      counts: { done: 0, failed: 0 },
      checked_at: null,
      ended_at: null,
      reason: null,
      failing_since: null,
    }
    await folder.putBatchRequests(label, requests).catch(explainDiskFault)
    await folder.putBatch(batch).catch(explainDiskFault)
    built.push(await reserveBatch(context, open, batch))
    label = createLabel(context)
    requests = []
    bytes = 0
  }

  const measure = async (request: string, { model, sampling, messages }: PreparedRequest) =>
    new TextEncoder().encode(await renderBatched(folder, batching, request, model, sampling, messages)).length

  return {
    async add(prepared: PreparedRequest): Promise<void> {
      const { messages, question, key, mostUsd } = prepared
      let request = nameRequest(label, requests.length)
      // Labels and numbers have one length, so the size stays the same in the next batch.
      const size = await measure(request, prepared)
      // A comma or a line feed follows.
      const total = bytes + size + requests.length
      if (requests.length >= maxRequests || total > batching.limits.maxBytes - frameBytes) {
        await flush()
        request = nameRequest(label, 0)
      }
      const prompt = await folder.putPrompt(messages).catch(explainDiskFault)
      requests.push({ request, answer: key, question, prompt, most_usd: mostUsd })
      bytes += size
    },
    async finish(): Promise<readonly Batch[]> {
      await flush()
      return built
    },
  }
}

/** Short, and unique among all batches that anyone sends. */
function createLabel({ createId }: Pick<ActivityContext, 'createId'>): string {
  return `b${createId().replaceAll('-', '').slice(0, 16)}`
}

function nameRequest(label: string, index: number): string {
  return `${label}-${String(index).padStart(6, '0')}`
}
