import type { RunFolder } from '../../adapters/stores/run-store.ts'
import { repairRun, type RepairChoices } from '../../runs/repair-run.ts'
import type { CliContext } from '../context.ts'
import { showFile } from '../show-file.ts'
import { UsageError } from '../usage-error.ts'

/** Repairs a run's files as far as possible and reports what was done. @throws {UsageError} if something cannot be repaired */
export async function repair(
  { store, note }: Pick<CliContext, 'store' | 'note'>,
  folder: RunFolder,
  { askAgain = false, budgetUsd }: Partial<RepairChoices>,
): Promise<void> {
  const { done, lost } = await repairRun(store, folder, { askAgain, budgetUsd })
  for (const { file, found, how, kept } of done) {
    note(
      `repaired: ${showFile(file)}: ${found}; ${how}${kept === null ? '' : ` (the damaged file: ${showFile(kept)})`}`,
    )
  }
  if (lost.length === 0) return
  const lines = lost.map(
    ({ file, place, found, way }) => `${showFile(file)}${place && ` at ${place}`}: ${found}; ${way}`,
  )
  throw new UsageError([`Run ${folder.runId} is damaged and cannot continue.`, ...lines].join('\n'))
}
