import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { z } from 'zod'
import { readJsonBy } from '../files/read-json-by.ts'
import { SandboxUnavailable } from './sandbox.ts'

export interface PythonInstallation {
  /** The interpreter itself, with links, shims and virtual environments resolved. */
  readonly executable: string
  /** Folders and files that hold its libraries and numpy. */
  readonly libraries: readonly string[]
  /** Where numpy is, if the interpreter would not look there by itself. */
  readonly modulePath: string | undefined
}

export interface FoundPython extends PythonInstallation {
  readonly pythonVersion: string
  readonly numpyVersion: string
}

/** pidfd_open came with 3.9. */
const probe = `
import json, os, sys, sysconfig
assert sys.version_info >= (3, 9), 'requires Python 3.9 or newer, this is ' + sys.version.split()[0]
assert sys.maxsize > 2**32, 'requires a 64-bit Python'
import numpy
packages = os.path.dirname(os.path.dirname(os.path.realpath(numpy.__file__)))
shared = os.path.join(*map(sysconfig.get_config_var, ['LIBDIR', 'INSTSONAME'])) if sysconfig.get_config_var('Py_ENABLE_SHARED') else ''
libraries = [os.path.dirname(os.__file__), sysconfig.get_path('platstdlib'), packages, shared]
print(json.dumps({
    'executable': os.path.realpath(getattr(sys, '_base_executable', '') or sys.executable),
    'libraries': sorted({os.path.realpath(path) for path in libraries if os.path.exists(path)}),
    'modulePath': packages if sys.prefix != sys.base_prefix else None,
    'pythonVersion': sys.version.split()[0],
    'numpyVersion': numpy.__version__,
}))
`

/** What the probe prints. Something else comes from a program that only looks like a Python, or that prints words of its own. */
const probeSchema = z.object({
  executable: z.string(),
  libraries: z.array(z.string()),
  modulePath: z.string().nullable(),
  pythonVersion: z.string(),
  numpyVersion: z.string(),
})

const maxProbeMs = 30_000

/**
 * The first interpreter that imports numpy: the requested one, the distribution's, the first on the path. (A version manager's
 * shim is often first on the path, and often has no numpy.)
 *
 * Each is tried as the user that will run it, because a worker that is root can read what that user cannot.
 *
 * @throws {SandboxUnavailable} naming each interpreter tried, and what is wrong with it.
 */
export async function findPython(preferred: string | undefined, userId: number | undefined): Promise<FoundPython> {
  const complaints: string[] = []
  for (const candidate of preferred === undefined ? ['/usr/bin/python3', 'python3'] : [preferred]) {
    try {
      return await examinePython(candidate, userId)
    } catch (error) {
      complaints.push(`${candidate} (${renderComplaint(error)})`)
    }
  }
  throw new SandboxUnavailable(
    `No Python with numpy was found. Tried: ${complaints.join('; ')}.`,
    preferred !== undefined && complaints[0]?.includes("No module named 'numpy'")
      ? `${preferred} -m pip install numpy`
      : 'scripts/setup',
  )
}

async function examinePython(candidate: string, userId: number | undefined): Promise<FoundPython> {
  // Isolated (-I), because the sandbox passes on neither PYTHONPATH nor a user's own packages.
  const { stdout } = await promisify(execFile)(candidate, ['-I', '-c', probe], {
    cwd: '/',
    timeout: maxProbeMs,
    ...(userId !== undefined && { uid: userId, gid: userId }),
  })
  const reading = readJsonBy(probeSchema, stdout, 'what it printed')
  if ('faults' in reading) throw new Error(reading.faults[0]?.message)
  return { ...reading.value, modulePath: reading.value.modulePath ?? undefined }
}

/** The last line of a Python traceback is enough; without one, the system's message (`spawn ENOENT`). */
function renderComplaint(error: unknown): string {
  const { stderr, message } = error as { stderr?: string; message: string }
  return (stderr?.trim() || message).split('\n').at(-1) ?? message
}
