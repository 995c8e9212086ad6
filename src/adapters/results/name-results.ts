import { join, parse } from 'node:path'
import type { ResultsPlace } from './results-files.ts'

/** The folder below the data folder, and the stem that all file names in it begin with, as in the Python original. */
function locate(place: ResultsPlace): { readonly folder: string; readonly stem: string } {
  switch (place.kind) {
    case 'generation':
      return { folder: join('synthetic_data', `${place.recipe}_data`), stem: `${place.recipe}_data` }
    case 'benchmark':
      return { folder: join('benchmark', `${place.recipe}_benchmark`), stem: `${place.recipe}_benchmark` }
    case 'verification':
      return { folder: 'verification', stem: 'verification' }
  }
}

/** Path of the file that grows during runs, below the data folder. */
export function namePartial(place: ResultsPlace): string {
  const { folder, stem } = locate(place)
  return join(folder, `${stem}_partial_results.jsonl`)
}

/**
 * Paths for a results file that was finished at this time, to the second, in UTC; if one is taken, the next second's.
 *
 * @returns paths below the data folder
 */
export function* nameFinal(place: ResultsPlace, endedAt: string, isInterrupted: boolean): Generator<string, never> {
  const { folder, stem } = locate(place)
  for (let ms = Date.parse(endedAt); ; ms += 1000) {
    const [date, time] = new Date(ms).toISOString().replaceAll(/[-:]/g, '').split('T')
    yield join(folder, `${stem}_results_${date}_${time?.slice(0, 6)}${isInterrupted ? '_interrupted' : ''}.json`)
  }
}

/** The requested path; if it is taken, with `-2`, `-3` and so on before its extension. */
export function* nameOutput(output: string, isInterrupted: boolean): Generator<string, never> {
  const { dir, name, ext } = parse(output)
  const stem = `${name}${isInterrupted ? '_interrupted' : ''}`
  for (let count = 1; ; count += 1) yield join(dir, `${stem}${count === 1 ? '' : `-${count}`}${ext}`)
}
