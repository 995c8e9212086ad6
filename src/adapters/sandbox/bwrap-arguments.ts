import { lstatSync, readlinkSync } from 'node:fs'
import type { PythonInstallation } from './find-python.ts'

/** Where the interpreter and its modules find what they link to: libraries only, since an application may live elsewhere under /usr. */
const systemLibraries = ['/usr/lib', '/usr/lib64', '/lib', '/lib64']
/** On Debian, libblas and liblapack are links through /etc/alternatives. */
const linkerFiles = ['/etc/alternatives', '/etc/ld.so.cache']
const devices = ['/dev/null', '/dev/urandom']

/** One thread, no byte code, and the same hash of a string in every run. */
const environment = {
  PYTHONHASHSEED: '0',
  PYTHONDONTWRITEBYTECODE: '1',
  PYTHONNOUSERSITE: '1',
  PYTHONSAFEPATH: '1',
  OPENBLAS_NUM_THREADS: '1',
  OMP_NUM_THREADS: '1',
  LC_ALL: 'C.UTF-8',
}

/**
 * The command line of bubblewrap (bwrap(1)) that closes a zygote in: own namespaces of every kind, nothing to see but
 * libraries, nothing to write, no environment, no capabilities, and the end of everything when the worker ends.
 *
 * - `--unshare-user`, `--uid` and `--cap-drop` are not implied by `--unshare-all`: as root that alone keeps user 0 and
 *   every capability.
 * - `--as-pid-1` makes the zygote the first process of its namespace: nobody inside can signal it, and its end is theirs.
 * - No /proc: it would show other processes' memory, environment and descriptors, numpy does without, and where a
 *   container masks its own /proc bubblewrap could not mount another.
 * - `--new-session` keeps programs from the terminal the worker was started on.
 *
 * @param zygoteDescriptor an open descriptor of zygote.py, in the process that becomes bwrap.
 */
export function renderBwrapArguments(python: PythonInstallation, zygoteDescriptor: number): string[] {
  const ownLibraries = python.libraries.filter((path) => !systemLibraries.some((folder) => isUnder(path, folder)))
  const variables = { ...environment, ...(python.modulePath !== undefined && { PYTHONPATH: python.modulePath }) }
  return [
    '--unshare-all --unshare-user --die-with-parent --new-session --as-pid-1'.split(' '),
    '--clearenv --cap-drop ALL --uid 65534 --gid 65534 --hostname sandbox'.split(' '),
    systemLibraries.flatMap(renderLibraryFolder),
    [...ownLibraries, python.executable].flatMap((path) => ['--ro-bind', path, path]),
    linkerFiles.flatMap((path) => ['--ro-bind-try', path, path]),
    devices.flatMap((path) => ['--dev-bind', path, path]),
    ['--ro-bind-data', String(zygoteDescriptor), '/zygote.py', '--chdir', '/'],
    Object.entries(variables).flatMap(([name, value]) => ['--setenv', name, value]),
    ['--remount-ro', '/', '--', python.executable, '/zygote.py'],
  ].flat()
}

/** On most systems /lib and /lib64 are links into /usr, and have to stay links there. */
function renderLibraryFolder(path: string): string[] {
  const stats = lstatSync(path, { throwIfNoEntry: false })
  if (!stats) return []
  return stats.isSymbolicLink() ? ['--symlink', readlinkSync(path), path] : ['--ro-bind', path, path]
}

function isUnder(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`)
}
