import type { Damage } from '../../domain/results/run-document.ts'
import { nameAnswer } from './name-answer.ts'
import type { RunFolder } from './run-store.ts'

/** Answers that the ledger calls stored but whose files are missing. */
export async function listMissingAnswers(folder: RunFolder): Promise<Damage[]> {
  const missing = await listMissingAnswerKeys(folder)
  return missing.map((key) => ({
    file: folder.locate(nameAnswer(key)),
    place: '',
    message: 'it is missing, and the ledger says that it was stored',
  }))
}

export async function listMissingAnswerKeys(folder: RunFolder): Promise<string[]> {
  const stored = new Set(await folder.listAnswers())
  const missing = new Set<string>()
  for (const line of await folder.readLedger()) {
    if (line.type === 'settled' && line.fate !== 'failed' && !stored.has(line.answer)) missing.add(line.answer)
  }
  return [...missing].sort()
}
