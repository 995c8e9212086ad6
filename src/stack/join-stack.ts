import type { Config } from '../config.ts'
import { describeStack, type EnsureStackOptions, type Stack } from './ensure-stack.ts'
import { partTitles } from './parts/part.ts'
import { findUnknownKeys, isOldWorker, refuseWorkersOfOtherCode } from './renew-worker.ts'
import { StackFailed } from './stack-failed.ts'
import { takeLease } from './state/leases.ts'
import { readStackStatus } from './state/read-stack-status.ts'
import { listStackFiles } from './state/stack-files.ts'
import { isServing } from './state/stack-status.ts'

/**
 * Joins a stack that is up, and holds it until released. Unlike `ensureStack` it starts and restarts nothing: whoever asks may
 * be a part of the stack.
 *
 * @throws {StackFailed} with what to type
 */
export async function joinStack(
  config: Config,
  { keys = [], needs = [] }: Pick<EnsureStackOptions, 'keys' | 'needs'>,
): Promise<Stack> {
  const lease = takeLease(listStackFiles(config))
  try {
    const { state, status } = readStackStatus(config)
    if (status === undefined || state === 'ending')
      throw new StackFailed('Nothing is running here that could work on runs.', 'npx arcloom up')
    for (const name of needs) {
      const part = status.parts[name]
      if (part !== undefined && isServing(part)) continue
      const why = part?.lastError === undefined ? '' : `: ${part.lastError}`
      throw new StackFailed(`The ${partTitles[name]} is not ready${why}`, part?.mend ?? 'npx arcloom doctor')
    }
    if (isOldWorker(status))
      throw new StackFailed(
        'Arcloom was updated after the worker was started, which cannot work on runs of this version.',
        'npx arcloom up   # restarts the worker with this version; open runs continue from their records',
      )
    refuseWorkersOfOtherCode(config, status)
    const variables = findUnknownKeys(config, status, keys)
    if (variables.length > 0)
      throw new StackFailed(
        `The worker was started without the ${variables.join(' and ')} set here.`,
        'npx arcloom down && npx arcloom up',
      )
    return describeStack(status, lease)
  } catch (error) {
    lease.release()
    throw error
  }
}
