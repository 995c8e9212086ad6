import { CancellationScope, condition, setHandler } from '@temporalio/workflow'
import type { AskedAnswer } from '../activities/create-activities.ts'
import { count } from '../domain/count.ts'
import { addCost } from '../domain/models/usage.ts'
import { failureTypes } from '../domain/runs/failure-types.ts'
import { fanOut, type Admission, type FanOutResult } from '../domain/runs/fan-out.ts'
import type { Step } from '../domain/solvers/solver.ts'
import { proxyModels, proxySandbox, proxyStore } from './activity-proxies.ts'
import { concludeItem } from './conclude-item.ts'
import { findFailure } from './find-failure.ts'
import { interruptSignal, pauseSignal, unpauseSignal, type ItemEnding, type TaskInput } from './messages.ts'

/** One request to the model. */
interface Call {
  readonly sample: number
  readonly round: number
  readonly testPair: number | null
  /** Key of the answer it goes back with. */
  readonly previous: string | null
}

/** Keys of the answers so far, by sample and round. */
type Samples = string[][][]

/**
 * One item of a run. The workflow takes the steps that the run's solver decides on: it asks for answers, has their programs
 * verified, and then has the solver decide again, until nothing more is to be asked and the item is recorded.
 *
 * An item is recorded whole or not at all. When the run ends first, what was answered stays in the store and a later start
 * of this workflow finds it there: each activity looks before it works.
 */
export async function task(input: TaskInput): Promise<ItemEnding> {
  const control = listen(input.paused)
  return concludeItem(input, () => solve(input, control))
}

async function solve(input: TaskInput, control: TaskControl): Promise<ItemEnding> {
  const { runId, item, queues } = input
  const samples: Samples = []
  let costUsd: number | null = 0
  for (let steps = input.opening ?? askEachSample(input); ;) {
    const calls = steps.flatMap((step) => listCalls(input, step, samples))
    const answers = await control.asking.run(() =>
      input.inBatches ? findOrAsk(input, control, calls) : askAll(input, control, calls),
    )
    if (answers === 'ended') return { outcome: 'not-finished', costUsd: 0 }
    if (answers === 'waiting') return { outcome: 'not-finished', costUsd: 0, waits: true }
    for (const [sample, asked] of Map.groupBy(answers, (answer) => answer.sample)) {
      samples[sample] = [...(samples[sample] ?? []), asked.map((answer) => answer.answerKey)]
    }
    costUsd = answers.reduce<number | null>((sum, answer) => addCost(sum, answer.costUsd), costUsd)
    await verifyAll(input, answers)
    const decided = await proxyStore(queues).decide({ runId, item: item.key, samples })
    if ('solved' in decided) return { outcome: decided.solved ? 'solved' : 'unsolved', costUsd }
    steps = decided.steps
  }
}

/**
 * After an update, a worker may take up an item for a run of the earlier version before that run is started again. A fault
 * here would be recorded as the item's failure.
 */
function askEachSample({ samples }: TaskInput): Step[] {
  return Array.from({ length: samples }, (_, sample) => ({ ask: sample }))
}

function listCalls({ item }: TaskInput, { ask: sample }: Step, samples: Samples): Call[] {
  const rounds = samples[sample] ?? []
  return item.testPairs.map((testPair, nth) => {
    return { sample, round: rounds.length + 1, testPair, previous: rounds.at(-1)?.[nth] ?? null }
  })
}

interface TaskControl {
  paused: boolean
  ended: boolean
  /** What is asked runs in here, so that an interruption reaches calls that are waiting for their turn or their retry. */
  readonly asking: CancellationScope
}

/** Handlers stand before the first await: a signal that came with the start is not missed. */
function listen(paused: boolean): TaskControl {
  const control: TaskControl = { paused, ended: false, asking: new CancellationScope() }
  setHandler(pauseSignal, () => {
    control.paused = true
  })
  setHandler(unpauseSignal, () => {
    control.paused = false
  })
  setHandler(interruptSignal, () => {
    control.ended = true
    control.asking.cancel()
  })
  return control
}

async function askAll(
  input: TaskInput,
  control: TaskControl,
  calls: readonly Call[],
): Promise<(AskedAnswer & Call)[] | 'ended'> {
  const { runId, item } = input
  const models = proxyModels(input.queues)
  const window = {
    admit: (): Admission => (control.ended ? 'end' : control.paused ? 'wait' : 'start'),
    waitUntil: (ready: () => boolean) => CancellationScope.nonCancellable(() => condition(ready)),
  }
  const results = await fanOut(calls, window, async (call) => {
    const answer = await models.ask.executeWithOptions({ summary: summarize(input, call) }, [
      { runId, item: item.key, ...call },
    ])
    return { ...call, ...answer }
  })
  return takeAll(results, control)
}

/** In a run that asks in batches: the stored answers, and those of questions that are asked alone because they failed in a batch. */
async function findOrAsk(
  input: TaskInput,
  control: TaskControl,
  calls: readonly Call[],
): Promise<(AskedAnswer & Call)[] | 'ended' | 'waiting'> {
  if (control.ended) return 'ended'
  const { runId, item, queues } = input
  const found = await proxyStore(queues).findAnswers({ runId, item: item.key, calls })
  if (found === 'waiting') return found
  const asked = await askAll(
    input,
    control,
    calls.filter((_, index) => found[index] === null),
  )
  if (asked === 'ended') return asked
  const rest = asked.values()
  return calls.flatMap((call, index) => {
    const answer = found[index]
    if (answer) return [{ ...call, ...answer }]
    const next = rest.next()
    return next.done ? [] : [next.value]
  })
}

/** Usually all answers are of one round. */
async function verifyAll({ runId, item, queues }: TaskInput, answers: readonly (AskedAnswer & Call)[]): Promise<void> {
  const programs = answers.filter((answer) => answer.hasProgram)
  for (const [round, ofRound] of Map.groupBy(programs, (program) => program.round)) {
    await proxySandbox(queues).verify.executeWithOptions({ summary: count(ofRound.length, 'program') }, [
      { runId, item: item.key, round, answers: ofRound.map((program) => program.answerKey) },
    ])
  }
}

function summarize({ item, samples, rounds }: TaskInput, { sample, round, testPair }: Call): string {
  const parts = [
    `sample ${sample + 1} of ${samples}`,
    ...(rounds > 1 ? [`round ${round}`] : []),
    ...(testPair === null ? [] : [`test input ${testPair + 1} of ${item.testPairs.length}`]),
  ]
  return parts.join(', ')
}

/** All values; `ended` where one is missing because the run ends; else the failure that matters most. */
function takeAll<Value>(results: readonly FanOutResult<Value>[], control: TaskControl): Value[] | 'ended' {
  const failures = results.flatMap((result) => (result.status === 'rejected' ? [result.reason as unknown] : []))
  for (const type of [failureTypes.stopRun, failureTypes.budgetReached]) {
    const first = failures.find((failure) => findFailure(failure).type === type)
    if (first !== undefined) throw first
  }
  const values = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))
  if (values.length === results.length) return values
  // Cancelled from above is a cancellation; cancelled by our own scope is an interruption.
  if (!control.ended) throw failures[0]
  return 'ended'
}
