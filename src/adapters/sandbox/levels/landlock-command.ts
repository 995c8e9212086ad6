import type { PythonInstallation } from '../find-python.ts'
import { zygoteDescriptor, type CommandLine } from '../zygote-process.ts'
import { listReadable, listVariables } from './python-surroundings.ts'

/**
 * For machines on which bubblewrap may not make namespaces, such as a container with default settings: Python as it is, which
 * gives up access to files by Landlock (Linux 5.13) before it takes the first program. Seccomp blocks sockets, processes and
 * signals, as with bubblewrap. Weaker in one respect: a program can tell whether a path exists.
 */
export function renderLandlockCommand(python: PythonInstallation): CommandLine {
  return {
    file: python.executable,
    args: [`/dev/fd/${zygoteDescriptor}`, 'landlock', ...listReadable(python)],
    environment: listVariables(python),
  }
}
