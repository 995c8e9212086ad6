import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '../../config.ts'
import { listModelsFiles } from './check-models.ts'

/** The settings in force and their origins: names and paths, never a value that could be secret. */
export interface Configuration {
  readonly project: string
  readonly data_folder: string
  readonly models_files: readonly string[]
  /** null if there is none. */
  readonly env_file: string | null
  /** Names of settings, by where they are set; keys are reported by the checks. */
  readonly set_by: { readonly environment: readonly string[]; readonly env_file: readonly string[] }
}

export function describeConfiguration({ projectRoot, dataDir, origins }: Config): Configuration {
  const envFile = join(projectRoot, '.env')
  const listNames = (origin: string) =>
    [...origins].flatMap(([name, from]) => (from === origin && isSetting(name) ? [name] : [])).sort()
  return {
    project: projectRoot,
    data_folder: dataDir,
    models_files: listModelsFiles(projectRoot),
    env_file: existsSync(envFile) ? envFile : null,
    set_by: { environment: listNames('environment'), env_file: listNames('.env') },
  }
}

function isSetting(name: string): boolean {
  return /^(ARCLOOM|TEMPORAL)_/.test(name)
}
