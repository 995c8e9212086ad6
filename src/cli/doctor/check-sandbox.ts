import { createSandbox } from '../../adapters/sandbox/create-sandbox.ts'
import { sandboxLevels } from '../../adapters/sandbox/open-first-zygote.ts'
import { SandboxUnavailable, type SandboxFacts } from '../../adapters/sandbox/sandbox.ts'
import type { Config } from '../../config.ts'
import { missing, noted, passed, type Check } from './check.ts'

export interface SandboxProbe {
  /** Facts about the level that opened; undefined if none did. */
  readonly facts: SandboxFacts | undefined
  /** Why the stronger levels did not open, in order. */
  readonly failures: readonly Pick<SandboxUnavailable, 'message' | 'mend'>[]
}

/**
 * Opens the sandbox in the same way as a worker, level by level, strongest first; each level is attacked before it counts as
 * open. Then runs a program in it and closes it.
 */
export async function probeSandbox({ python }: Pick<Config, 'python'>): Promise<SandboxProbe> {
  const failures: SandboxUnavailable[] = []
  for (const level of sandboxLevels) {
    try {
      return { facts: await openOnce(python, level), failures }
    } catch (error) {
      if (!(error instanceof SandboxUnavailable)) throw error
      failures.push(error)
    }
  }
  return { facts: undefined, failures }
}

const honest = 'import numpy as np\ndef solve(grid): return np.rot90(np.array(grid))'

async function openOnce(python: string | undefined, level: SandboxFacts['level']): Promise<SandboxFacts> {
  const sandbox = await createSandbox({ slots: 1, python, levels: [level] })
  try {
    const program = { code: honest, entryPoints: ['solve'], inputs: [[[1, 2]]], forks: 'program' } as const
    const { results } = await sandbox.run(program, AbortSignal.timeout(20_000))
    const [result] = results
    if (result?.status === 'ok' && JSON.stringify(result.grid) === '[[2],[1]]') return sandbox.facts
    throw new Error(`An honest program was answered ${JSON.stringify(result)}.`)
  } finally {
    await sandbox.close()
  }
}

const needed = 'a sandbox that withstands its start-up attacks'
const level = {
  name: 'sandbox level',
  needed: 'bwrap, which also hides whether a path or a process exists; landlock blocks everything else',
}

export function judgeSandbox({ facts, failures }: SandboxProbe): Check[] {
  const [strongest] = failures
  if (!facts) {
    const reasons = failures.map(({ message }) => message).join(' ')
    return [missing({ name: 'sandbox', needed, found: reasons, mend: strongest?.mend ?? null })]
  }
  return [
    passed({ name: 'sandbox', needed, found: 'it withstood the attacks and ran an honest program' }),
    strongest
      ? noted({ ...level, found: `${facts.level}. ${strongest.message}`, mend: strongest.mend })
      : passed({ ...level, found: facts.level }),
  ]
}

/** Without Python there is nothing to sandbox. */
export function judgeUntriedSandbox({ mend }: Pick<Check, 'mend'>): Check {
  return missing({ name: 'sandbox', needed, found: 'not tried, because Python is missing', mend })
}
