import { randomBytes } from 'node:crypto'

/**
 * `<recipe>-<model>-<yyyymmdd>-<hhmmss>-<4 hex>`, in UTC; characters invalid in file names become `-`.
 *
 * @param subject the model's key; for a verification, what it verifies
 */
export function nameRun(recipe: string, subject: string, now: Date): string {
  const [date = '', time = ''] = now.toISOString().replaceAll(/[-:]/g, '').split('T')
  return nameRunBy(recipe, subject, [date, time.slice(0, 6), randomBytes(2).toString('hex')].join('-'))
}

/** What a key is like that tells a run from others of the same recipe and model: `<yyyymmdd>-<hhmmss>-<4 hex>`. */
export const runKeyPattern = /^\d{8}-\d{6}-[0-9a-f]{4}$/

/** The same for a key that whoever asks has chosen: asked for twice, it is the same run. */
export function nameRunBy(recipe: string, subject: string, key: string): string {
  return [recipe, subject.replaceAll(/[^\w.]+/g, '-').slice(0, 60), key].join('-')
}
