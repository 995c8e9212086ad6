import { findPython, type FoundPython } from '../../adapters/sandbox/find-python.ts'
import { chooseSandboxUser } from '../../adapters/sandbox/levels/choose-sandbox-user.ts'
import { SandboxUnavailable } from '../../adapters/sandbox/sandbox.ts'
import type { Config } from '../../config.ts'
import { missing, passed, type Check } from './check.ts'
import { mendSetting } from './mend-setting.ts'

export type PythonProbe = FoundPython | SandboxUnavailable

/** Looks for the interpreter in the same way as the worker, as the user that will run it. */
export async function probePython({ python }: Pick<Config, 'python'>): Promise<PythonProbe> {
  try {
    return await findPython(python, chooseSandboxUser())
  } catch (error) {
    if (error instanceof SandboxUnavailable) return error
    throw error
  }
}

export function judgePython(probe: PythonProbe, { python, origins }: Pick<Config, 'python' | 'origins'>): Check {
  const check = { name: 'python', needed: 'Python 3.9 or newer with numpy, to run the programs of models' }
  if (probe instanceof SandboxUnavailable) {
    return missing({ ...check, found: probe.message, mend: mendPython(probe.mend, python, origins) })
  }
  const { executable, pythonVersion, numpyVersion } = probe
  const chosen = python === undefined ? '' : ' (set by ARCLOOM_PYTHON)'
  return passed({ ...check, found: `${pythonVersion} with numpy ${numpyVersion}, ${executable}${chosen}` })
}

function mendPython(mend: string, python: string | undefined, origins: Config['origins']): string {
  if (python === undefined) return mend
  const without = mendSetting('ARCLOOM_PYTHON', origins)
  // Fixing another Python does not fix the one that is named.
  return mend.startsWith(python) ? `${mend}, or: ${without}` : without
}
