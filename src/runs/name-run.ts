import { randomBytes } from 'node:crypto'

/**
 * `<recipe>-<model>-<yyyymmdd>-<hhmmss>-<4 hex>`, in UTC; characters invalid in file names become `-`.
 *
 * @param subject the model's key; for a verification, what it verifies
 */
export function nameRun(recipe: string, subject: string, now: Date): string {
  const [date = '', time = ''] = now.toISOString().replaceAll(/[-:]/g, '').split('T')
  const name = subject.replaceAll(/[^\w.]+/g, '-').slice(0, 60)
  return [recipe, name, date, time.slice(0, 6), randomBytes(2).toString('hex')].join('-')
}
