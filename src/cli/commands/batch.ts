import { Command } from 'commander'
import type { Batch } from '../../domain/runs/batches/batch.ts'
import { isOpen } from '../../domain/runs/run.ts'
import { UsageError } from '../../domain/usage-error.ts'
import { createContext } from '../context.ts'
import { exitCodes, type ExitCode } from '../exit-codes.ts'
import { findRun } from '../runs/find-run.ts'
import { endWith } from '../terminal/end-with.ts'

interface BatchFlags {
  readonly id?: string
  readonly sendAgain?: boolean
}

/** Only a person can find out whether a provider that keeps no list has a batch. */
export function createBatchCommand(): Command {
  return new Command('batch')
    .argument('<run>')
    .argument('<batch>')
    .description('say what became of a batch that may not have arrived (docs/batches.md)')
    .option('--id <id>', "the provider has it, and this is the provider's id for it")
    .option('--send-again', 'the provider does not have it')
    .action((run: string, batch: string, flags: BatchFlags) => endWith(decide(run, batch, flags)))
}

async function decide(name: string, id: string, { id: providerId, sendAgain }: BatchFlags): Promise<ExitCode> {
  const context = createContext()
  const folder = await findRun(context.store, name)
  if ((providerId === undefined) === (sendAgain === undefined)) {
    throw new UsageError(`Give one of the two: --id ID if the provider has batch ${id}, --send-again if it has not.`)
  }
  if (isOpen((await folder.readState()).state)) {
    throw new UsageError(
      `${folder.runId} is open, and looks for its batches itself. First: npx arcloom interrupt ${folder.runId}`,
    )
  }
  const ids = await folder.listBatches()
  if (!ids.includes(id)) {
    throw new UsageError(`${folder.runId} has no batch "${id}". It has: ${ids.join(', ') || 'none'}.`)
  }
  const batch = await folder.readBatch(id)
  if (batch.state !== 'sending') {
    throw new UsageError(`Batch ${id} is ${batch.state}: what became of it is known, so there is nothing to decide.`)
  }
  const decided: Batch =
    providerId === undefined
      ? { ...batch, state: 'built', sent_at: null }
      : { ...batch, state: 'sent', provider_id: providerId }
  await folder.putBatch({ ...decided, reason: null, failing_since: null })
  const next = providerId === undefined ? 'is sent again' : `is collected as ${providerId}`
  context.note(`Batch ${id} ${next} when the run goes on: npx arcloom resume ${folder.runId}`)
  return exitCodes.complete
}
