import { findPython } from '../adapters/sandbox/find-python.ts'
import { chooseSandboxUser } from '../adapters/sandbox/levels/choose-sandbox-user.ts'
import { SandboxUnavailable } from '../adapters/sandbox/sandbox.ts'
import { findRecipe } from '../domain/recipes/find-recipe.ts'
import type { SandboxProof } from '../domain/runs/record.ts'
import type { Specification } from '../domain/runs/specification.ts'
import { StackFailed } from '../stack/stack-failed.ts'
import { readWorkerSandbox } from '../stack/state/read-worker-sandbox.ts'
import type { OperationContext } from './open-session.ts'

const warning = `WARNING: --sandbox=none: programs that nobody has read run UNPROTECTED on the worker's machine, as its user or as nobody.
They may use the network and read what that user can: files, keys, expected outputs. Scores of such a run prove nothing.`

/**
 * Determines the sandbox for a run's programs, once the stack is up and before anything is stored.
 *
 * @returns null if this machine's worker does not run them, or there are none
 * @throws {StackFailed} if they cannot be run here
 */
export async function chooseSandbox(
  { config, note }: Pick<OperationContext, 'config' | 'note'>,
  specification: Specification,
): Promise<SandboxProof | null> {
  if (!runsPrograms(specification)) return null
  if (specification.sandbox === 'none') note(warning)
  const sandbox = readWorkerSandbox(config)
  if (sandbox === undefined) return null
  if (specification.sandbox === 'none') return describeUnprotected(config.python)
  if ('missing' in sandbox)
    throw new StackFailed(
      `Programs cannot be run safely here: ${sandbox.missing} Once that is fixed, run npx arcloom down to make the worker check again.`,
      sandbox.mend,
    )
  return sandbox
}

function runsPrograms(specification: Specification): boolean {
  return specification.kind === 'verification' || findRecipe(specification.recipe).asksFor === 'program'
}

async function describeUnprotected(preferred: string | undefined): Promise<SandboxProof> {
  try {
    const { executable } = await findPython(preferred, chooseSandboxUser())
    return { description: { level: 'none', python: executable }, withstood: [] }
  } catch (error) {
    if (error instanceof SandboxUnavailable) throw new StackFailed(error.message, error.mend)
    throw error
  }
}
