import { showFile } from '../adapters/files/show-file.ts'
import type { RunFolder } from '../adapters/stores/run-store.ts'
import { UsageError } from '../domain/usage-error.ts'
import { repairRun, type RepairChoices } from '../runs/repair-run.ts'
import type { OperationContext } from './open-session.ts'

/** Repairs a run's files as far as possible and reports what was done. @throws {UsageError} if something cannot be repaired */
export async function repair(
  { store, note }: Pick<OperationContext, 'store' | 'note'>,
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
