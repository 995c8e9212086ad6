import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { once } from 'node:events'
import type { ForkLimits } from './frames.ts'
import { parseReply } from './parse-reply.ts'
import type { Zygote } from './zygote-process.ts'

const limits: ForkLimits = { cpuMs: 1_000, wallMs: 10_000, memoryBytes: 512 * 1024 * 1024 }
const shortCpuMs = 50

/**
 * Attacks a fresh zygote, as a program could, and says what held it back too little: a sandbox that was set up is not yet
 * a sandbox that holds. Takes a tenth of a second.
 *
 * @returns what succeeded and must not; undefined when the zygote is closed, and runs an honest program.
 */
export async function findHole(zygote: Zygote): Promise<string | undefined> {
  const folder = await mkdtemp(join(tmpdir(), 'arcloom-sandbox-'))
  const secretPath = join(folder, 'secret')
  // Open to everybody, so that nothing but the sandbox keeps it: the zygote may be another user than the worker.
  await chmod(folder, 0o755)
  await writeFile(secretPath, 'secret', { mode: 0o644 })
  const listener = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1')
  try {
    await once(listener, 'listening')
    const { port } = listener.address() as AddressInfo // not a pipe, whose address is text
    const attacks = listAttacks(secretPath, port)
    const outcome = await runOn(zygote, renderProgram(Object.values(attacks)), limits)
    if (outcome.answer?.status !== 'ok')
      return `an honest program got no answer (${outcome.end}: ${outcome.answer?.message ?? 'nothing'})`
    const [held] = outcome.answer.grid
    const hole = Object.keys(attacks).find((_, index) => held?.[index] !== 1)
    if (hole !== undefined) return hole
    const loop = await runOn(zygote, 'while True: pass', { ...limits, cpuMs: shortCpuMs })
    return loop.end === 'out-of-cpu' ? undefined : `a program ran on past its CPU time (${loop.end})`
  } finally {
    listener.close()
    await rm(folder, { recursive: true })
  }
}

/** What must not succeed, as Python expressions that are true when they do. JSON strings are Python strings. */
function listAttacks(secretPath: string, port: number): Readonly<Record<string, string>> {
  return {
    'a program reached the network': `socket.create_connection(('127.0.0.1', ${port}), 1)`,
    'a program read a file of the worker': `open(${JSON.stringify(secretPath)}).read()`,
    'a program wrote a file': `open('/tmp/arcloom-sandbox', 'w')`,
    'a program read the environment of the worker': `[name for name in os.environ if name not in known]`,
    'a program started a process': 'os.fork() or os._exit(0)',
    'a program signalled another process': 'os.kill(os.getppid(), 0) is None',
    'a program found an open descriptor': '[fd for fd in range(4, 1024) if is_open(fd)]',
  }
}

/** Only a refusal by the system counts as held; a name misspelt here must not pass for a closed sandbox. */
function renderProgram(attacks: readonly string[]): string {
  return `
import os, socket
known = 'LC_ALL LC_CTYPE LD_BIND_NOW OMP_NUM_THREADS OPENBLAS_NUM_THREADS PWD PYTHONDONTWRITEBYTECODE PYTHONHASHSEED PYTHONNOUSERSITE PYTHONPATH PYTHONSAFEPATH'.split()
def is_open(fd):
    try: return os.fstat(fd)
    except OSError: return False
def is_held(attack):
    try: return not eval(attack)
    except OSError: return True
def solve(grid):
    return [[is_held(attack) for attack in ${JSON.stringify(attacks)}]]
`
}

async function runOn(zygote: Zygote, code: string, limits: ForkLimits) {
  const { end, body } = await zygote.ask({ code, entryPoints: ['solve'], inputs: [[[0]]] }, limits)
  return { end, answer: parseReply(body, 1).answers[0] }
}
