import { basename, dirname, join } from 'node:path'
import { showFile } from '../../adapters/files/show-file.ts'
import { sweepAbandoned } from '../../adapters/files/sweep-abandoned.ts'
import type { RunFolder } from '../../adapters/stores/run-store.ts'
import { openLibrary } from '../../api/open-library.ts'
import { isOpen } from '../../domain/runs/run.ts'
import { UsageError } from '../../domain/usage-error.ts'
import { createMachineHiding } from '../../site/hide-machine.ts'
import { SitePageMissing, writeSite } from '../../site/write-site.ts'
import type { CliContext } from '../context.ts'
import { exitCodes, type ExitCode } from '../exit-codes.ts'
import { refuseToOverwrite } from '../exports/choose-output.ts'
import { showTasks } from '../exports/show-tasks.ts'
import { explainUnwritable } from '../output-unwritable.ts'
import { readMachineFacts } from './read-machine-facts.ts'

interface SiteOptions {
  readonly withExpected: boolean
}

/**
 * Writes the pages about runs as a folder.
 *
 * @param output absolute; as `checkOutputFolder` returns it
 */
export async function reportSite(
  { config, note, print }: CliContext,
  folders: readonly RunFolder[],
  output: string,
  { withExpected }: SiteOptions,
): Promise<ExitCode> {
  const openRuns = await listOpen(folders)
  for (const runId of openRuns) note(`${runId} has not ended: the site shows it as it is now.`)
  const { projectRoot: project, dataDir: data } = config
  const items = await Promise.all(folders.map((folder) => folder.listItems()))
  const interruption = listenForInterruption()
  try {
    // Removes what a killed command left of this folder.
    await sweepAbandoned(dirname(output), basename(output))
    const request = {
      runs: folders,
      library: openLibrary({ project, data }),
      pageFolder: join(project, 'web/dist-site'),
      icon: join(project, 'web/public/icon.svg'),
      withExpected,
      hide: createMachineHiding(await readMachineFacts(config, folders)),
      signal: interruption.signal,
    }
    const total = items.reduce((sum, { length }) => sum + length, 0)
    const written = await showTasks({ done: 'Written', total, silent: false }, (onItem) =>
      writeSite(output, { ...request, onItem }),
    )
    if (!written) refuseToOverwrite(showFile(output))
  } catch (error) {
    if (error instanceof SitePageMissing) throw new UsageError(error.message)
    if (!interruption.signal.aborted) throw explainUnwritable(output, error)
    note(`Interrupted: nothing was written to ${showFile(output)}.`)
    return exitCodes.interrupted
  } finally {
    interruption.stop()
  }
  if (withExpected) {
    note(
      'Its files include the expected outputs. To publish a hidden or evaluation set, leave them out: --without-expected',
    )
  }
  note(`Open ${showFile(join(output, 'index.html'))}, or publish the folder as it is.`)
  print(showFile(output))
  return exitCodes.complete
}

async function listOpen(folders: readonly RunFolder[]): Promise<string[]> {
  const openRuns: string[] = []
  for (const folder of folders) if (isOpen((await folder.readState()).state)) openRuns.push(folder.runId)
  return openRuns
}

/** The first signal asks for an orderly end; the second one ends the process. */
function listenForInterruption(): { readonly signal: AbortSignal; stop(): void } {
  const controller = new AbortController()
  const signals = ['SIGINT', 'SIGTERM'] as const
  const abort = () => {
    stop()
    controller.abort()
  }
  const stop = () => {
    for (const signal of signals) process.off(signal, abort)
  }
  for (const signal of signals) process.on(signal, abort)
  return { signal: controller.signal, stop }
}
