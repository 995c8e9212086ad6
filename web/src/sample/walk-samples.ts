import type { MatrixDocument } from '../../../src/api/documents.ts'
import { markLetters } from '../../../src/domain/results/sample-mark.ts'
import type { MatrixView } from '../address/run-views.ts'

/** A sample, by the key of its item in the run and its number. */
export interface SamplePlace {
  readonly item: string
  readonly sample: number
}

interface Neighbours {
  readonly before: SamplePlace | undefined
  readonly next: SamplePlace | undefined
  /** Its position among them, from 1, and their number; undefined if this sample is not among them. */
  readonly place: { readonly number: number; readonly of: number } | undefined
}

/**
 * The previous and next samples under a filter: with a mark, samples of that mark; otherwise one per task, with the same number
 * if the task has that many.
 *
 * @param rows the rows that match the filter, in its order
 */
export function walkSamples(rows: MatrixDocument['rows'], { mark }: MatrixView, here: SamplePlace): Neighbours {
  const places = rows.flatMap(({ item, marks }): SamplePlace[] => {
    if (mark === undefined) return marks === '' ? [] : [{ item, sample: Math.min(here.sample, marks.length - 1) }]
    return Array.from(marks).flatMap((letter, sample) => (letter === markLetters[mark] ? [{ item, sample }] : []))
  })
  const index = places.findIndex(({ item, sample }) => item === here.item && sample === here.sample)
  // A sample outside the filter still has neighbours: those around its task.
  const beside = index >= 0 ? index : places.findIndex(({ item }) => item === here.item)
  return {
    before: places[(beside >= 0 ? beside : 0) - 1],
    next: places[index >= 0 ? index + 1 : Math.max(0, beside)],
    place: index < 0 ? undefined : { number: index + 1, of: places.length },
  }
}
