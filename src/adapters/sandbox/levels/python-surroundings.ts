import type { PythonInstallation } from '../find-python.ts'

/** System libraries that the interpreter and its modules link to. Not /usr: an application may be installed there. */
export const systemLibraries = ['/usr/lib', '/usr/lib64', '/lib', '/lib64']

/** How the linker finds them. On Debian, libblas and liblapack are links through /etc/alternatives. */
export const linkerFiles = ['/etc/alternatives', '/etc/ld.so.cache']

/** Not /dev/urandom: random bytes come from the sandbox, and are the same in every run. */
export const devices = ['/dev/null']

/** What else the interpreter needs to read. */
export function listOwnFiles({ executable, libraries }: PythonInstallation): string[] {
  const isOwn = (path: string) => !systemLibraries.some((folder) => path.startsWith(`${folder}/`))
  return [...libraries.filter(isOwn), executable]
}

/** Every existing path that a program may read. */
export function listReadable(python: PythonInstallation): string[] {
  return [...systemLibraries, ...linkerFiles, ...devices, ...listOwnFiles(python)]
}

/**
 * One thread, no byte code, and the same string hashes in every run. (Not `python -I`, which ignores PYTHONHASHSEED.) Resolving
 * all symbols at the start saves each child from doing it, and makes the address tables read-only.
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
