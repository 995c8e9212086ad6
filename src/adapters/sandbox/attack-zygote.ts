import { once } from 'node:events'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ForkLimits } from './frames.ts'
import { parseReply } from './parse-reply.ts'
import type { Zygote } from './zygote-process.ts'

const limits: ForkLimits = { cpuMs: 1_000, wallMs: 10_000, memoryBytes: 512 * 1024 * 1024 }
const shortCpuMs = 50

export interface AttackReport {
  /** The attacks that failed. */
  readonly withstood: readonly string[]
  /** An attack that succeeded, in words; undefined when all failed and an honest program ran. */
  readonly hole: string | undefined
}

/**
 * Attacks a fresh zygote as a program could, and reports any attack that succeeds: setting up a sandbox does not prove that it
 * holds. Takes a tenth of a second.
 */
export async function attackZygote(zygote: Zygote): Promise<AttackReport> {
  const folder = await mkdtemp(join(tmpdir(), 'arcloom-sandbox-'))
  const secretPath = join(folder, 'secret')
  // Open to everyone, so that only the sandbox protects it: the zygote may run as another user than the worker.
  await chmod(folder, 0o777)
  await writeFile(secretPath, 'secret', { mode: 0o644 })
  const listener = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1')
  try {
    await once(listener, 'listening')
    const { port } = listener.address() as AddressInfo // not a pipe, whose address is text
    const attacks = Object.entries(listAttacks(folder, secretPath, port))
    const outcome = await runOn(zygote, renderProgram(attacks.map(([, attack]) => attack)), limits)
    if (outcome.answer?.status !== 'ok')
      return report([], `an honest program got no answer (${outcome.end}: ${outcome.answer?.message ?? 'nothing'})`)
    const [held] = outcome.answer.grid
    const withstood = attacks.filter((_, index) => held?.[index] === 1).map(([name]) => name)
    const success = attacks.find(([name]) => !withstood.includes(name))
    if (success) return report(withstood, `a program succeeded in ${success[0]}`)
    const loop = await runOn(zygote, 'while True: pass', { ...limits, cpuMs: shortCpuMs })
    if (loop.end !== 'out-of-cpu') return report(withstood, `a program succeeded in ${runningOn} (${loop.end})`)
    return report([...withstood, runningOn])
  } finally {
    listener.close()
    await rm(folder, { recursive: true })
  }
}

const runningOn = 'running on past its CPU time'

function report(withstood: readonly string[], hole?: string): AttackReport {
  return { withstood, hole }
}

/** Attacks as Python expressions that are true if they succeed. JSON strings are valid Python strings. */
function listAttacks(folder: string, secretPath: string, port: number): Readonly<Record<string, string>> {
  return {
    'reaching the network': `socket.create_connection(('127.0.0.1', ${port}), 1)`,
    'reading a file of the worker': `open(${JSON.stringify(secretPath)}).read()`,
    'writing a file': `open(${JSON.stringify(join(folder, 'written'))}, 'w')`,
    'reading the environment of the worker': `[name for name in os.environ if name not in known]`,
    'starting a process': 'os.fork() or os._exit(0)',
    'signalling another process': 'os.kill(os.getppid(), 0) is None',
    'limiting another process': 'resource.prlimit(os.getppid(), resource.RLIMIT_CORE)',
    'lifting its own limits': 'resource.prlimit(0, resource.RLIMIT_CORE, (0, 0))',
    'finding an open descriptor': '[fd for fd in range(4, 1024) if is_open(fd)]',
    'taking more memory than its limit': `bytearray(${limits.memoryBytes})`,
  }
}

/** An attack counts as prevented only if the system refused it; a misspelt name here must not pass for a closed sandbox. */
function renderProgram(attacks: readonly string[]): string {
  return `
import os, resource, socket
known = 'LC_ALL LC_CTYPE LD_BIND_NOW OMP_NUM_THREADS OPENBLAS_NUM_THREADS PWD PYTHONDONTWRITEBYTECODE PYTHONHASHSEED PYTHONNOUSERSITE PYTHONPATH PYTHONSAFEPATH'.split()
def is_open(fd):
    try: return os.fstat(fd)
    except OSError: return False
def is_held(attack):
    try: return not eval(attack)
    except (MemoryError, OSError): return True
def solve(grid):
    return [[is_held(attack) for attack in ${JSON.stringify(attacks)}]]
`
}

async function runOn(zygote: Zygote, code: string, limits: ForkLimits) {
  const payload = {
    code,
    entryPoints: ['solve'],
    otherNames: [],
    inputs: [[[0]]],
    gridsAs: 'list',
    chance: 'usual',
  } as const
  const { end, body } = await zygote.ask(payload, limits)
  return { end, answer: parseReply(body, 1).answers[0] }
}
