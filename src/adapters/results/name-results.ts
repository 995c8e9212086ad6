import { join } from 'node:path'
import type { ResultsPlace } from './results-files.ts'

/** The folder below the data folder and the stem that all file names in it begin with, as in the Python original. */
function locate({ kind, recipe }: ResultsPlace): { readonly folder: string; readonly stem: string } {
  switch (kind) {
    case 'generation':
      return { folder: join('synthetic_data', `${recipe}_data`), stem: `${recipe}_data` }
    case 'benchmark':
      return { folder: join('benchmark', `${recipe}_benchmark`), stem: `${recipe}_benchmark` }
    case 'verification':
      return { folder: 'verification', stem: 'verification' }
  }
}

/** Path of the file that grows while runs go on, below the data folder. */
export function namePartial(place: ResultsPlace): string {
  const { folder, stem } = locate(place)
  return join(folder, `${stem}_partial_results.jsonl`)
}

/** Path of a results file that was finished at this time, to the second, in UTC. */
export function nameFinal(place: ResultsPlace, at: Date, interrupted: boolean): string {
  const { folder, stem } = locate(place)
  const [date, time] = at.toISOString().replaceAll(/[-:]/g, '').split('T')
  return join(folder, `${stem}_results_${date}_${time?.slice(0, 6)}${interrupted ? '_interrupted' : ''}.json`)
}
