import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { readJsonBy } from '../files/read-json-by.ts'
import { attackZygote } from './attack-zygote.ts'
import { findPython } from './find-python.ts'
import { renderBwrapCommand } from './levels/bwrap-command.ts'
import { chooseSandboxUser } from './levels/choose-sandbox-user.ts'
import { explainStartFailure } from './levels/explain-start-failure.ts'
import { renderLandlockCommand } from './levels/landlock-command.ts'
import { renderUnprotectedCommand } from './levels/unprotected-command.ts'
import { SandboxFault, SandboxUnavailable, type SandboxFacts } from './sandbox.ts'
import { startZygote, type Zygote, type ZygoteCommand } from './zygote-process.ts'

export interface FirstZygote {
  readonly zygote: Zygote
  /** The command to start another one like it. */
  readonly command: ZygoteCommand
  readonly facts: SandboxFacts
  readonly withstood: readonly string[]
}

/** Strongest first. */
export const sandboxLevels = ['bwrap', 'landlock'] as const

/** For people who choose to run programs unprotected. */
export const noLevels = ['none'] as const

const renderCommand = { bwrap: renderBwrapCommand, landlock: renderLandlockCommand, none: renderUnprotectedCommand }
/** What the zygote says of itself once it is ready. */
const introductionSchema = z.object({
  landlock: z.number(),
  clock: z.enum(['virtual', 'real']),
  pythonVersion: z.string(),
  numpyVersion: z.string(),
})

const mendElsewhere = 'run Arcloom in a Linux container or virtual machine: docs/sandbox.md'

/**
 * Opens a zygote at the strongest level that works here and passes the self-test.
 *
 * @throws {SandboxUnavailable} when none does.
 */
export async function openFirstZygote(
  preferredPython: string | undefined,
  zygotePath: string,
  levels: readonly SandboxFacts['level'][],
): Promise<FirstZygote> {
  const isSupported =
    process.platform === 'linux' &&
    (['x64', 'arm64'].includes(process.arch) || levels.every((level) => level === 'none'))
  if (!isSupported)
    throw new SandboxUnavailable(
      `Programs run only on Linux on x86_64 or aarch64; this is ${process.platform} on ${process.arch}.`,
      mendElsewhere,
    )
  const userId = chooseSandboxUser()
  const python = await findPython(preferredPython, userId)
  const failures: SandboxUnavailable[] = []
  for (const level of levels) {
    const command = { ...renderCommand[level](python), zygotePath, userId }
    const outcome = await tryLevel(level, command)
    if (outcome instanceof SandboxUnavailable) failures.push(outcome)
    else {
      const introduction = await readIntroduction(outcome.zygote)
      return { ...outcome, command, facts: { level, python: python.executable, ...introduction } }
    }
  }
  const message = failures.map((failure) => failure.message).join(' ')
  throw new SandboxUnavailable(message, failures[0]?.mend ?? '')
}

async function tryLevel(
  level: SandboxFacts['level'],
  command: ZygoteCommand,
): Promise<Pick<FirstZygote, 'zygote' | 'withstood'> | SandboxUnavailable> {
  try {
    const zygote = await startZygote(command)
    if (level === 'none') return { zygote, withstood: [] }
    const { withstood, hole } = await attackZygote(zygote).catch(async (error: unknown) => {
      // Nothing else holds a reference to it, and while it lives this process does not end.
      await zygote.kill()
      throw error
    })
    if (hole === undefined) return { zygote, withstood }
    await zygote.kill()
    return new SandboxUnavailable(`The sandbox (${level}) does not hold here: ${hole}.`, mendElsewhere)
  } catch (error) {
    if (!(error instanceof SandboxFault)) throw error
    return level === 'bwrap'
      ? explainStartFailure(error, readKernelSetting)
      : new SandboxUnavailable(`${level}: ${error.message}.`, mendElsewhere)
  }
}

async function readIntroduction(zygote: Zygote): Promise<Omit<SandboxFacts, 'level' | 'python'>> {
  const reading = readJsonBy(introductionSchema, zygote.introduction, 'its introduction')
  if ('value' in reading) return { ...reading.value, landlock: String(reading.value.landlock) }
  await zygote.kill()
  throw new SandboxFault('out-of-step', 'The sandbox did not start as expected', reading.faults[0]?.message)
}

function readKernelSetting(name: string): string | undefined {
  try {
    return readFileSync(`/proc/sys/${name.replaceAll('.', '/')}`, 'utf8').trim()
  } catch {
    return undefined
  }
}
