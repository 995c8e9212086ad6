import { CancellationScope, condition, setHandler } from '@temporalio/workflow'
import type { AskedAnswer, RecordedSample } from '../activities/create-activities.ts'
import { count } from '../domain/count.ts'
import { addCost } from '../domain/models/usage.ts'
import { failureTypes } from '../domain/runs/failure-types.ts'
import { fanOut, type Admission, type FanOutResult } from '../domain/runs/fan-out.ts'
import { proxyModels, proxySandbox, proxyStore } from './activity-proxies.ts'
import { concludeItem } from './conclude-item.ts'
import { findFailure } from './find-failure.ts'
import { interruptSignal, pauseSignal, unpauseSignal, type TaskInput, type TaskSummary } from './messages.ts'

/** One request of one sample in the current round. */
interface Call {
  readonly sample: number
  readonly testPair: number | null
}

/**
 * One item of a run: N samples are asked in parallel, their programs verified as one batch, and with more than one round
 * the samples that fail a train pair are asked again; then everything is recorded.
 *
 * An item is recorded whole or not at all. When the run ends first, what was answered stays in the store and a later start
 * of this workflow finds it there: each activity looks before it works.
 */
export async function task(input: TaskInput): Promise<TaskSummary> {
  const control = listen(input.paused)
  return concludeItem(input, async () => {
    const samples = await askInRounds(input, control)
    if (samples === 'ended') return { outcome: 'not-finished', costUsd: 0 }
    const { solved } = await proxyStore(input.queues).record({ runId: input.runId, item: input.item.key, samples })
    const costUsd = samples.flat().reduce<number | null>((sum, round) => addCost(sum, round.costUsd), 0)
    return { outcome: solved ? 'solved' : 'unsolved', costUsd }
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

/** @returns per sample its rounds, or `ended` when the run ended before every call was answered. */
async function askInRounds(input: TaskInput, control: TaskControl): Promise<RecordedSample[] | 'ended'> {
  const { runId, item, rounds } = input
  const sandbox = proxySandbox(input.queues)
  const samples: RecordedRoundDraft[][] = Array.from({ length: input.samples }, () => [])
  let live = samples.map((_, sample) => sample)
  for (let round = 1; round <= rounds && live.length > 0; round += 1) {
    const calls = live.flatMap((sample) => item.testPairs.map((testPair) => ({ sample, testPair })))
    const asked = await control.asking.run(() => askAll(input, control, calls, round, samples))
    if (asked === 'ended') return 'ended'
    for (const sample of live) {
      const answers = asked.filter((answer) => answer.sample === sample)
      samples[sample]?.push({
        answers: answers.map((answer) => answer.answerKey),
        costUsd: answers.reduce<number | null>((sum, answer) => addCost(sum, answer.costUsd), 0),
      })
    }
    const programs = asked.filter((answer) => answer.hasProgram).map((answer) => answer.answerKey)
    const verified =
      programs.length === 0
        ? []
        : await sandbox.verify.executeWithOptions({ summary: count(programs.length, 'program') }, [
            { runId, item: item.key, round, answers: programs },
          ])
    const failing = new Set(verified.filter((program) => !program.trainCorrect).map((program) => program.answerKey))
    // An answer without a program has nothing to go back with; the sample stands as it is.
    live = live.filter((sample) => samples[sample]?.at(-1)?.answers.some((key) => failing.has(key)))
  }
  return samples
}

type RecordedRoundDraft = RecordedSample[number]

async function askAll(
  input: TaskInput,
  control: TaskControl,
  calls: readonly Call[],
  round: number,
  samples: readonly RecordedRoundDraft[][],
): Promise<(AskedAnswer & Call)[] | 'ended'> {
  const models = proxyModels(input.queues)
  const window = {
    admit: (): Admission => (control.ended ? 'end' : control.paused ? 'wait' : 'start'),
    waitUntil: (ready: () => boolean) => CancellationScope.nonCancellable(() => condition(ready)),
  }
  const results = await fanOut(calls, window, async (call) => ({
    ...call,
    ...(await models.ask.executeWithOptions({ summary: summarize(input, call, round) }, [
      {
        runId: input.runId,
        item: input.item.key,
        sample: call.sample,
        round,
        testPair: call.testPair,
        previous: samples[call.sample]?.at(-1)?.answers[input.item.testPairs.indexOf(call.testPair)] ?? null,
      },
    ])),
  }))
  return takeAll(results, control)
}

function summarize({ item, samples, rounds }: TaskInput, { sample, testPair }: Call, round: number): string {
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
