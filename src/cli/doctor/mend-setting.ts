import type { Config } from '../../config.ts'

/** How to remove a setting: a shell cannot unset what is in `.env`. */
export function mendSetting(variable: string, origins: Config['origins']): string {
  return origins.get(variable) === '.env' ? `remove ${variable} from .env` : `unset ${variable}`
}
