import { showFile } from '../../adapters/files/show-file.ts'
import type { DamagedRunDocument, RunDocument } from '../../domain/results/run-document.ts'
import type { CliContext } from '../context.ts'

/** Reports the damaged files of a run, and what to type. */
export function noteDamage({ note }: Pick<CliContext, 'note'>, run: RunDocument | DamagedRunDocument): void {
  const { damage = [] } = run
  if (damage.length === 0) return
  for (const { file, place, message } of damage) {
    note(`${run.run_id} is damaged: ${showFile(file)}${place === '' ? '' : ` at ${place}`}: ${message}`)
  }
  note(nameRepair(run.run_id))
}

export function nameRepair(runId: string): string {
  return `To repair as much as possible: npx arcloom resume ${runId}`
}
