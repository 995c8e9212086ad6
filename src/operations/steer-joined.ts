import { setTimeout as sleep } from 'node:timers/promises'
import type { RunFolder } from '../adapters/stores/run-store.ts'
import type { Steering } from '../client/steer-run.ts'
import { isOpen, type RunState } from '../domain/runs/run.ts'
import { continueRun, planContinuation, type ContinueFlags } from './continue-run.ts'
import { joinSession, type OperationContext } from './open-session.ts'
import { needOpenRun, steer } from './steer.ts'

/* Steering for the page: over a stack that is up, and without following the run to its end. */

/** Waiting this long for the effect, the page usually shows it at its next look. */
const patienceMs = 2_000
const pollMs = 50

export async function steerJoined(context: OperationContext, folder: RunFolder, steering: Steering): Promise<void> {
  await needOpenRun(folder)
  const session = await joinSession(context, { needs: ['server', 'worker'] })
  try {
    await steer(session, folder, steering)
    await waitFor(folder, (state) => !isOpen(state.state) || isUnderWay(state, steering))
  } finally {
    await session.close()
  }
}

/** @returns why there is nothing to do; undefined if the run continues */
export async function continueJoined(
  context: OperationContext,
  folder: RunFolder,
  verb: 'resume' | 'retry',
  flags: ContinueFlags,
): Promise<string | undefined> {
  const plan = await planContinuation(context, folder, verb, flags)
  if (typeof plan === 'string') return plan
  const session = await joinSession(context, plan.session)
  try {
    await continueRun(context, session, folder, plan)
    await waitFor(folder, ({ controls }) =>
      Object.entries(plan.controls).every(([name, value]) => controls[name as keyof typeof controls] === value),
    )
    return undefined
  } finally {
    await session.close()
  }
}

function isUnderWay({ state, ending }: RunState, steering: Steering): boolean {
  if (steering === 'pause') return state === 'paused'
  if (steering === 'unpause') return state === 'running'
  return ending !== null
}

async function waitFor(folder: RunFolder, hasArrived: (state: RunState) => boolean): Promise<void> {
  const until = performance.now() + patienceMs
  while (performance.now() < until && !hasArrived(await folder.readState())) await sleep(pollMs)
}
