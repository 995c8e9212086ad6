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
  for (const { file, problem, how, copy } of done) {
    note(
      `repaired: ${showFile(file)}: ${problem}; ${how}${copy === null ? '' : ` (the damaged file: ${showFile(copy)})`}`,
    )
  }
  if (lost.length === 0) return
  const lines = lost.map(
    ({ file, place, problem, way }) => `${showFile(file)}${place && ` at ${place}`}: ${problem}; ${way}`,
  )
  throw new UsageError([`Run ${folder.runId} is damaged and cannot continue.`, ...lines].join('\n'))
}
