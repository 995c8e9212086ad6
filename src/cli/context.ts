import type { Client } from '@temporalio/client'
import { hashCode } from '../adapters/hash-code.ts'
import type { RunStore } from '../adapters/stores/run-store.ts'
import { connectClient } from '../client/connect.ts'
import type { Opening } from '../client/open-workflow.ts'
import { prepareOpening } from '../client/prepare-opening.ts'
import { reconcileRuns } from '../client/reconcile-runs.ts'
import { readConfig, type Config, type Environment } from '../config.ts'
import { openResults, openRunStore } from '../runs/open-run-store.ts'
import type { RunSurroundings } from '../runs/run-documents.ts'
import { ensureStack, type EnsureStackOptions } from '../stack/ensure-stack.ts'
import { noteBaselineLimit } from '../stack/parts/note-baseline-limit.ts'
import { readStackStatus } from '../stack/state/read-stack-status.ts'
import { terminalColumns } from './terminal/terminal-columns.ts'

/** What every command works with. Created once per process. */
export interface CliContext {
  readonly config: Config
  readonly store: RunStore
  readonly surroundings: RunSurroundings
  /** Results, on stdout. */
  readonly print: (text: string) => void
  /** Progress and notes, on stderr. */
  readonly note: (text: string) => void
  /** Columns of the terminal on stdout; Infinity for a file or a pipe, whose readers want whole lines. */
  readonly columns: number
}

/** @param typed flags that override environment variables, by the variables' names. */
export function createContext(typed: Environment = {}): CliContext {
  const config = readConfig(undefined, { typed })
  return {
    config,
    store: openRunStore(config, `client-${process.pid}`),
    surroundings: {
      results: openResults(config),
      findTemporalUi: () => readStackStatus(config).status?.addresses.temporalUi,
      // Only lists need it, and it reads all of the code.
      get code() {
        return hashCode()
      },
    },
    print: (text) => void process.stdout.write(`${text}\n`),
    note: (text) => void process.stderr.write(`${text}\n`),
    columns: terminalColumns(),
  }
}

/** A command's session with the stack: server, worker, baseline. */
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
  /** The parts that the command requires; all by default. */
  readonly needs?: NonNullable<EnsureStackOptions['needs']>
  /** How to treat a worker from before Arcloom's last update; left alone by default. */
  readonly oldWorker?: NonNullable<EnsureStackOptions['oldWorker']>
}

/** Starts what is missing and connects. The stack stays up at least until `close`. */
export async function openSession(
  { config, store, note }: CliContext,
  { keep = false, ...needs }: SessionNeeds = {},
): Promise<TemporalSession> {
  const stack = await ensureStack(config, { keep, ...needs, onProgress: note })
  await noteBaselineLimit(config, stack.baselineUrl, note)
  const options = { ...config.temporal.connection(), address: stack.temporalAddress }
  try {
    const client = await connectClient(options, stack.namespace)
    const opening = await prepareOpening(client, store)
    // `up` does this anyway, and reports more.
    if (stack.isServerEmpty && !keep) await startAgain(opening, store, note)
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

/** A server that lost its database knows no open run, and this command may be about one. */
async function startAgain(opening: Opening, store: RunStore, note: CliContext['note']): Promise<void> {
  for (const { runId, how } of await reconcileRuns(opening, store)) if (how !== 'goes on') note(`${runId} ${how}`)
}
