import type { PythonInstallation } from '../find-python.ts'
import { zygoteDescriptor, type CommandLine } from '../zygote-process.ts'
import { listVariables } from './python-surroundings.ts'

/** No isolation, for people who insist. Limits on time and memory apply, and the worker's environment is not passed on. */
export function renderUnprotectedCommand(python: PythonInstallation): CommandLine {
  return { file: python.executable, args: [`/dev/fd/${zygoteDescriptor}`, 'none'], environment: listVariables(python) }
}
