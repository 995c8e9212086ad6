import { lstatSync, readlinkSync } from 'node:fs'
import type { PythonInstallation } from '../find-python.ts'
import { zygoteDescriptor, type CommandLine } from '../zygote-process.ts'
import {
  devices,
  linkerFiles,
  listOwnFiles,
  listReadable,
  listVariables,
  systemLibraries,
} from './python-surroundings.ts'

/**
 * The command line of bubblewrap (bwrap(1)) that isolates a zygote: its own namespaces of every kind, only libraries to read,
 * nothing to write, no environment, no capabilities, and death with the worker.
 *
 * - `--unshare-user`, `--uid` and `--cap-drop` are not implied by `--unshare-all`, which as root keeps user 0 and every
 * capability.
 * - `--as-pid-1` makes the zygote the first process of its namespace: nothing inside can signal it, and when it ends they all
 * end.
 * - No /proc: it would expose other processes' memory, environment and descriptors, numpy does not need it, and in a container
 * that masks its own /proc bubblewrap could not mount another.
 * - `--new-session` detaches programs from the terminal that the worker was started on.
 * - The zygote also gets the list of readable paths for Landlock: a second wall if the kernel has it.
 */
export function renderBwrapCommand(python: PythonInstallation): CommandLine {
  const args = [
    '--unshare-all --unshare-user --die-with-parent --new-session --as-pid-1'.split(' '),
    '--clearenv --cap-drop ALL --uid 65534 --gid 65534 --hostname sandbox'.split(' '),
    systemLibraries.flatMap(renderLibraryFolder),
    listOwnFiles(python).flatMap((path) => ['--ro-bind', path, path]),
    linkerFiles.flatMap((path) => ['--ro-bind-try', path, path]),
    devices.flatMap((path) => ['--dev-bind', path, path]),
    ['--ro-bind-data', String(zygoteDescriptor), '/zygote.py', '--chdir', '/'],
    Object.entries(listVariables(python)).flatMap(([name, value]) => ['--setenv', name, value]),
    ['--remount-ro', '/', '--', python.executable, '/zygote.py', 'bwrap', ...listReadable(python)],
  ].flat()
  // Only to find bwrap; it is cleared inside.
  return { file: 'bwrap', args, environment: { PATH: '/usr/local/bin:/usr/bin:/bin' } }
}

/** On most systems /lib and /lib64 are links into /usr, and must remain links inside. */
function renderLibraryFolder(path: string): string[] {
  const stats = lstatSync(path, { throwIfNoEntry: false })
  if (!stats) return []
  return stats.isSymbolicLink() ? ['--symlink', readlinkSync(path), path] : ['--ro-bind', path, path]
}
