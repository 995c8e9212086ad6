import { readFileSync } from 'node:fs'
import { renderBwrapCommand } from './bwrap-command.ts'
import { chooseSandboxUser } from './choose-sandbox-user.ts'
import { explainStartFailure } from './explain-start-failure.ts'
import { findHole } from './find-hole.ts'
import { findPython } from './find-python.ts'
import { renderLandlockCommand } from './landlock-command.ts'
import { SandboxFault, SandboxUnavailable, type SandboxFacts } from './sandbox.ts'
import { startZygote, type Zygote, type ZygoteCommand } from './zygote-process.ts'

export interface FirstZygote {
  readonly zygote: Zygote
  /** Starts another like it. */
  readonly command: ZygoteCommand
  readonly facts: SandboxFacts
}

/** Strongest first. */
export const sandboxLevels = ['bwrap', 'landlock'] as const

const renderCommand = { bwrap: renderBwrapCommand, landlock: renderLandlockCommand }
const mendElsewhere = 'run Arcloom in a Linux container or virtual machine: docs/sandbox.md'

/**
 * Closes a zygote in by the first level that works here and stands its test.
 *
 * @throws {SandboxUnavailable} when none does.
 */
export async function openFirstZygote(
  preferredPython: string | undefined,
  zygotePath: string,
  levels: readonly SandboxFacts['level'][],
): Promise<FirstZygote> {
  if (process.platform !== 'linux' || !['x64', 'arm64'].includes(process.arch))
    throw new SandboxUnavailable(
      `Programs run only on Linux on x86_64 or aarch64; this is ${process.platform} on ${process.arch}.`,
      mendElsewhere,
    )
  const userId = chooseSandboxUser()
  const python = await findPython(preferredPython, userId)
  const failures: SandboxUnavailable[] = []
  for (const level of levels) {
    const command = { ...renderCommand[level](python), zygotePath, userId }
    const zygote = await tryLevel(level, command)
    if (zygote instanceof SandboxUnavailable) failures.push(zygote)
    else {
      const { pythonVersion, numpyVersion } = JSON.parse(zygote.introduction)
      return { zygote, command, facts: { level, python: python.executable, pythonVersion, numpyVersion } }
    }
  }
  const message = failures.map((failure) => failure.message).join(' ')
  throw new SandboxUnavailable(message, failures[0]?.mend ?? '')
}

async function tryLevel(level: SandboxFacts['level'], command: ZygoteCommand): Promise<Zygote | SandboxUnavailable> {
  try {
    const zygote = await startZygote(command)
    const hole = await findHole(zygote).catch(async (error: unknown) => {
      // Nobody else knows of it, and as long as it lives this process does not end.
      await zygote.kill()
      throw error
    })
    if (hole === undefined) return zygote
    await zygote.kill()
    return new SandboxUnavailable(`The sandbox (${level}) does not hold here: ${hole}.`, mendElsewhere)
  } catch (error) {
    if (!(error instanceof SandboxFault)) throw error
    return level === 'bwrap'
      ? explainStartFailure(error, readKernelSetting)
      : new SandboxUnavailable(`${level}: ${error.message}.`, mendElsewhere)
  }
}

function readKernelSetting(name: string): string | undefined {
  try {
    return readFileSync(`/proc/sys/${name.replaceAll('.', '/')}`, 'utf8').trim()
  } catch {
    return undefined
  }
}
