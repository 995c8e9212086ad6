import type { PairResult } from '../../../src/api/documents.ts'
import { explainNoGrid } from '../../../src/domain/runs/explain-no-grid.ts'

/** The errors of each line of a program, each once however many pairs it occurred on. */
export function listFaults(results: readonly PairResult[]): ReadonlyMap<number, string> {
  const faults = new Map<number, Map<string, string[]>>()
  for (const result of results) {
    const { verdict, line, part, index } = result
    if (line === undefined || verdict === 'no-grid' || verdict === 'unjudged') continue
    const ofLine = faults.get(line) ?? new Map<string, string[]>()
    const words = explainNoGrid({ ...result, verdict })
    ofLine.set(words, [...(ofLine.get(words) ?? []), `${part} ${index + 1}`])
    faults.set(line, ofLine)
  }
  return new Map(
    [...faults].map(([line, ofLine]) => [
      line,
      [...ofLine].map(([words, pairs]) => `${pairs.join(', ')}: ${words}`).join('\n'),
    ]),
  )
}
