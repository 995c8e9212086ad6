import type { PythonInstallation } from './find-python.ts'
import { listReadable, listVariables } from './python-surroundings.ts'
import { zygoteDescriptor, type CommandLine } from './zygote-process.ts'

/**
 * For where bubblewrap may not make namespaces, as in a container with default settings: Python as it is, which gives up
 * its rights to files by Landlock (Linux 5.13) before it takes the first program. Sockets, processes and signals are
 * closed by seccomp, as in the container. Weaker in one respect: a program can tell whether a path exists.
 */
export function renderLandlockCommand(python: PythonInstallation): CommandLine {
  return {
    file: python.executable,
    args: [`/dev/fd/${zygoteDescriptor}`, 'landlock', ...listReadable(python)],
    environment: listVariables(python),
  }
}
