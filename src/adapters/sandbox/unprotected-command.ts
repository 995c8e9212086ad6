import type { PythonInstallation } from './find-python.ts'
import { listVariables } from './python-surroundings.ts'
import { zygoteDescriptor, type CommandLine } from './zygote-process.ts'

/** Nothing closes it in: for a person who insists. Limits of time and memory stay, and the worker's environment stays outside. */
export function renderUnprotectedCommand(python: PythonInstallation): CommandLine {
  return { file: python.executable, args: [`/dev/fd/${zygoteDescriptor}`, 'none'], environment: listVariables(python) }
}
