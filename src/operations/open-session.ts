import type { Client } from '@temporalio/client'
import type { RunStore } from '../adapters/stores/run-store.ts'
import { connectClient } from '../client/connect.ts'
import type { Opening } from '../client/open-workflow.ts'
import { prepareOpening } from '../client/prepare-opening.ts'
import { reconcileRuns } from '../client/reconcile-runs.ts'
import type { Config } from '../config.ts'
import { ensureStack, type EnsureStackOptions, type Stack } from '../stack/ensure-stack.ts'
import { joinStack } from '../stack/join-stack.ts'
import { noteBaselineLimit } from '../stack/parts/note-baseline-limit.ts'

/** What every operation on runs works with. */
export interface OperationContext {
  readonly config: Config
  readonly store: RunStore
  /** For people: what happens meanwhile, and what they should know. */
  readonly note: (text: string) => void
}

/** A session with the stack: server, worker, baseline. */
export interface TemporalSession {
  readonly client: Client
  readonly opening: Opening
  readonly uiAddress: string | undefined
  readonly pageUrl: string
  readonly baselineUrl: string
  close(): Promise<void>
}

export interface SessionNeeds {
  /** Leave the stack up until `down`. */
  readonly keep?: boolean
  /** Names of the keys that the worker must have; it may have been started before they were set. */
  readonly keys?: readonly string[]
  /** The parts that are required; all by default. */
  readonly needs?: NonNullable<EnsureStackOptions['needs']>
  /** How to treat a worker from before Arcloom's last update; left alone by default. */
  readonly oldWorker?: NonNullable<EnsureStackOptions['oldWorker']>
}

/** Starts what is missing and connects. The stack stays up at least until `close`. */
export async function openSession(
  context: OperationContext,
  { keep = false, ...needs }: SessionNeeds = {},
): Promise<TemporalSession> {
  const { config, note } = context
  const stack = await ensureStack(config, { keep, ...needs, onProgress: note })
  await noteBaselineLimit(config, stack.baselineUrl, note)
  // `up` does this anyway, and reports more.
  return connect(context, stack, { startAgain: stack.isServerEmpty && !keep })
}

/**
 * Connects to a stack that is up; starts and restarts nothing.
 *
 * @throws {StackFailed} saying what to type, if the stack is not up or cannot work on these runs
 */
export async function joinSession(
  context: OperationContext,
  needs: Pick<SessionNeeds, 'keys' | 'needs'>,
): Promise<TemporalSession> {
  return connect(context, await joinStack(context.config, needs), { startAgain: false })
}

async function connect(
  { config, store, note }: OperationContext,
  stack: Stack,
  { startAgain }: { readonly startAgain: boolean },
): Promise<TemporalSession> {
  const options = { ...config.temporal.connection(), address: stack.temporalAddress }
  try {
    const client = await connectClient(options, stack.namespace)
    const opening = await prepareOpening(client, store)
    if (startAgain) await startRunsAgain(opening, store, note)
    return {
      client,
      opening,
      uiAddress: stack.uiAddress,
      pageUrl: stack.pageUrl,
      baselineUrl: stack.baselineUrl,
      async close() {
        await client.connection.close()
        await stack.release()
      },
    }
  } catch (error) {
    await stack.release()
    throw error
  }
}

/** A server that lost its database knows no open run, and this session may be about one. */
async function startRunsAgain(opening: Opening, store: RunStore, note: OperationContext['note']): Promise<void> {
  for (const { runId, how } of await reconcileRuns(opening, store)) if (how !== 'goes on') note(`${runId} ${how}`)
}
