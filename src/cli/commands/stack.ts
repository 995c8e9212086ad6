import { Command } from 'commander'
import { reconcileRuns } from '../../client/reconcile-runs.ts'
import { prepareDataDir } from '../../config.ts'
import { openSession } from '../../operations/open-session.ts'
import { numberBetween } from '../../operations/parse-values.ts'
import { stopStack } from '../../stack/stop-stack.ts'
import { createContext } from '../context.ts'
import { exitCodes, type ExitCode } from '../exit-codes.ts'
import { createJsonFlag } from '../json-flag.ts'
import { endWith } from '../terminal/end-with.ts'

interface UpFlags {
  readonly baselineSeconds?: number
  readonly json?: boolean
}

export function createUpCommand(): Command {
  return new Command('up')
    .description(
      'start whatever is not running: Temporal server with its UI, worker, baseline model, page; open runs continue',
    )
    .option(
      '--baseline-seconds <n>',
      'processor time limit of the baseline model per request (default: 5); applies until down',
      numberBetween(0.01, 3600),
    )
    .addOption(createJsonFlag())
    .action((flags: UpFlags) => endWith(up(flags)))
}

export function createDownCommand(): Command {
  return new Command('down')
    .description('stop everything; open runs continue at the next up')
    .option('--now', 'do not wait for requests in flight: they are cut off and will be paid for again')
    .action((flags: { now?: boolean }) => endWith(down(flags.now ?? false)))
}

async function up({ json, baselineSeconds }: UpFlags): Promise<ExitCode> {
  const context = createContext(
    baselineSeconds === undefined ? {} : { ARCLOOM_BASELINE_SECONDS: String(baselineSeconds) },
  )
  prepareDataDir(context.config)
  const session = await openSession(context, { keep: true, oldWorker: 'renew' })
  try {
    const runs = await reconcileRuns(session.opening, context.store)
    for (const { runId, how } of runs) context.note(`${runId} ${how}`)
    const { uiAddress, pageUrl } = session
    if (json) context.print(JSON.stringify({ page: pageUrl, temporal_ui: uiAddress ?? null, open_runs: runs }, null, 2))
    else {
      const ui = uiAddress === undefined ? '' : `, Temporal UI: ${uiAddress}`
      context.print(`Arcloom is up. Page: ${pageUrl}${ui}`)
    }
    return exitCodes.complete
  } finally {
    await session.close()
  }
}

async function down(now: boolean): Promise<ExitCode> {
  const { config, note } = createContext()
  await stopStack(config, { now, onProgress: note })
  return exitCodes.complete
}
