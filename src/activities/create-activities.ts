import { createAsk } from './asking/ask.ts'
import { createReadSpending } from './asking/read-spending.ts'
import { createSpendings } from './asking/run-spending.ts'
import { createRunLimitWatch } from './asking/watch-run-limit.ts'
import { createBuildBatches } from './batching/build-batches.ts'
import { createCancelBatch } from './batching/cancel-batch.ts'
import { createCheckBatch } from './batching/check-batch.ts'
import { createCollectBatch } from './batching/collect-batch.ts'
import { createFindAnswers } from './batching/find-answers.ts'
import { createSubmitBatch } from './batching/submit-batch.ts'
import { createCheckpoint } from './checkpoint.ts'
import { createDecide } from './decide.ts'
import type { ActivityDependencies } from './dependencies.ts'
import { createFinish } from './finish.ts'
import { keepAlive } from './keep-alive.ts'
import { createNoteControl } from './note-control.ts'
import { createPlan } from './plan.ts'
import { createReadRun } from './read-run.ts'
import { createRecordFailure } from './record-failure.ts'
import { createVerifyGiven } from './verifying/verify-given.ts'
import { createVerify } from './verifying/verify.ts'

export type { AskedAnswer } from './asking/ask.ts'
export type { BatchReference } from './batching/build-batches.ts'
export type { FinishedRun } from './finish.ts'

/** All activities, by the queue that serves them. Workflows import only the types. */
export function createActivities(dependencies: ActivityDependencies) {
  const context = {
    ...dependencies,
    readRun: createReadRun(dependencies.store),
    spendingOf: createSpendings(dependencies.now),
    whileWaiting: createRunLimitWatch(),
  }
  return {
    runs: {
      plan: keepAlive(createPlan(context)),
      noteControl: createNoteControl(context),
      readSpending: createReadSpending(context),
      decide: createDecide(context),
      recordFailure: createRecordFailure(context),
      checkpoint: keepAlive(createCheckpoint(context)),
      buildBatches: keepAlive(createBuildBatches(context)),
      findAnswers: createFindAnswers(context),
      finish: keepAlive(createFinish(context)),
    },
    models: {
      ask: createAsk(context),
      submitBatch: keepAlive(createSubmitBatch(context)),
      checkBatch: keepAlive(createCheckBatch(context)),
      collectBatch: keepAlive(createCollectBatch(context)),
      cancelBatch: keepAlive(createCancelBatch(context)),
    },
    sandbox: { verify: createVerify(context), verifyGiven: createVerifyGiven(context) },
  }
}

type Activities = ReturnType<typeof createActivities>
export type StoreActivities = Activities['runs']
export type ModelActivities = Activities['models']
export type SandboxActivities = Activities['sandbox']
