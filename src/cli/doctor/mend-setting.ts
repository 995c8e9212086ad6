import type { Config } from '../../config.ts'

/** What takes a setting away again: a shell cannot unset what stands in `.env`. */
export function mendSetting(variable: string, origins: Config['origins']): string {
  return origins.get(variable) === '.env' ? `take ${variable} out of .env` : `unset ${variable}`
}
