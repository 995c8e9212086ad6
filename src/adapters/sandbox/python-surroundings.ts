import type { PythonInstallation } from './find-python.ts'

/** Libraries of the system, which the interpreter and its modules link to. Not /usr: an application may live there. */
export const systemLibraries = ['/usr/lib', '/usr/lib64', '/lib', '/lib64']

/** How the linker finds them. On Debian, libblas and liblapack are links through /etc/alternatives. */
export const linkerFiles = ['/etc/alternatives', '/etc/ld.so.cache']

/** Not /dev/urandom: random bytes are the sandbox's own, and the same in every run. */
export const devices = ['/dev/null']

/** What the interpreter needs to read beside all that. */
export function listOwnFiles({ executable, libraries }: PythonInstallation): string[] {
  const isOwn = (path: string) => !systemLibraries.some((folder) => path.startsWith(`${folder}/`))
  return [...libraries.filter(isOwn), executable]
}

/** All that may be read by a program, of what is there. */
export function listReadable(python: PythonInstallation): string[] {
  return [...systemLibraries, ...linkerFiles, ...devices, ...listOwnFiles(python)]
}

/**
 * One thread, no byte code, and the same hash of a string in every run. (Not `python -I`, which ignores PYTHONHASHSEED.)
 * With all symbols looked up at the start, no child does it again, and the tables of addresses are read-only.
 */
export function listVariables({ modulePath }: PythonInstallation): Readonly<Record<string, string>> {
  return {
    LD_BIND_NOW: '1',
    PYTHONHASHSEED: '0',
    PYTHONDONTWRITEBYTECODE: '1',
    PYTHONNOUSERSITE: '1',
    PYTHONSAFEPATH: '1',
    OPENBLAS_NUM_THREADS: '1',
    OMP_NUM_THREADS: '1',
    LC_ALL: 'C.UTF-8',
    ...(modulePath !== undefined && { PYTHONPATH: modulePath }),
  }
}
