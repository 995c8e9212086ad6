import { setTimeout as sleep } from 'node:timers/promises'
import { Command } from 'commander'
import { createCostAsker } from '../../adapters/models/ask-cost.ts'
import { findProvider } from '../../domain/providers/providers.ts'
import { isVerification } from '../../domain/runs/run.ts'
import { UsageError } from '../../domain/usage-error.ts'
import { settleRun } from '../../runs/settle-run.ts'
import { createContext } from '../context.ts'
import { exitCodes, type ExitCode } from '../exit-codes.ts'
import { createJsonFlag } from '../json-flag.ts'
import { findRun } from '../runs/find-run.ts'
import { renderSettling, totalSettling } from '../runs/render-settling.ts'
import { endWith } from '../terminal/end-with.ts'

export function createSettleCommand(): Command {
  return new Command('settle')
    .argument('<run>')
    .description('ask the provider what lost and broken requests of a run have cost; asks no model')
    .addOption(createJsonFlag())
    .action((runId: string, flags: { json?: boolean }) => endWith(settle(runId, flags.json)))
}

async function settle(name: string, json = false): Promise<ExitCode> {
  const { config, store, print, note, columns } = createContext()
  const folder = await findRun(store, name)
  const { runId } = folder
  const run = await folder.readRun()
  if (isVerification(run)) throw new UsageError(`${runId} is a verification: it asks no model, so it costs nothing.`)
  const { model } = run
  const provider = findProvider(model.provider)
  const { costLookup: lookup, title } = provider
  const asker = lookup && createCostAsker({ model, provider, lookup, apiKey: config.apiKey, sleep })
  const requests = await settleRun(folder, { asker, title, now: () => new Date() })
  if (!json) {
    print(renderSettling(runId, requests, columns))
    if (requests.some(({ costUsd }) => costUsd !== null)) {
      note(`\`npx arcloom report ${runId}\` counts it; the results file is as the run wrote it.`)
    }
    return exitCodes.complete
  }
  const document = {
    run_id: runId,
    requests: requests.map(({ sent, accepted, fate, costUsd, reason }) => ({
      request: sent.request,
      answer: sent.answer,
      sent_at: sent.at,
      fate,
      provider_id: accepted?.provider_id ?? null,
      cost_usd: costUsd,
      at_most_usd: costUsd ?? sent.most_usd,
      reason,
    })),
    ...totalSettling(requests),
  }
  print(JSON.stringify(document, null, 2))
  return exitCodes.complete
}
