import type { MatrixDocument } from '../../../src/api/documents.ts'
import { markLetters } from '../../../src/domain/results/sample-mark.ts'
import type { MatrixView } from '../address/run-views.ts'

/** A sample by the key of its item in the run and its number. */
export interface SamplePlace {
  readonly item: string
  readonly sample: number
}

interface Neighbours {
  readonly before: SamplePlace | undefined
  readonly next: SamplePlace | undefined
  /** Where one is among them, from 1, and how many there are; undefined where this one is none of them. */
  readonly place: { readonly number: number; readonly of: number } | undefined
}

/**
 * Which samples come before and after one, among what a filter leaves: with a mark the samples of that mark, else one for each
 * task, of the same number where the task has so many.
 *
 * @param rows what the filter leaves, in its order
 */
export function walkSamples(rows: MatrixDocument['rows'], { mark }: MatrixView, here: SamplePlace): Neighbours {
  const places = rows.flatMap(({ item, marks }): SamplePlace[] => {
    if (mark === undefined) return marks === '' ? [] : [{ item, sample: Math.min(here.sample, marks.length - 1) }]
    return Array.from(marks).flatMap((letter, sample) => (letter === markLetters[mark] ? [{ item, sample }] : []))
  })
  const index = places.findIndex(({ item, sample }) => item === here.item && sample === here.sample)
  // What the filter does not hold has its neighbours all the same: those around its task.
  const beside = index >= 0 ? index : places.findIndex(({ item }) => item === here.item)
  return {
    before: places[(beside >= 0 ? beside : 0) - 1],
    next: places[index >= 0 ? index + 1 : Math.max(0, beside)],
    place: index < 0 ? undefined : { number: index + 1, of: places.length },
  }
}
