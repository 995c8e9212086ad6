import { CommanderError } from 'commander'
import { DownloadFailed } from '../adapters/datasets/official/download.ts'
import { hasCode } from '../adapters/files/error-code.ts'
import { showFault } from '../adapters/files/show-file.ts'
import { UnknownModel } from '../adapters/models/registry/find-model.ts'
import { DamagedRun, RunNotFound } from '../adapters/stores/run-store.ts'
import { ServerUnreachable } from '../client/connect.ts'
import { ForeignWorkflow } from '../client/open-workflow.ts'
import { RunDiffers } from '../client/start-run.ts'
import { ConfigInvalid } from '../config.ts'
import { MalformedInput } from '../domain/malformed-input.ts'
import { messageOf } from '../domain/message-of.ts'
import { UsageError } from '../domain/usage-error.ts'
import { StackFailed } from '../stack/stack-failed.ts'
import { exitCodes, type ExitCode } from './exit-codes.ts'
import { OutputUnwritable } from './output-unwritable.ts'
import { nameRepair } from './runs/note-damage.ts'

export interface DescribedError {
  readonly exitCode: ExitCode
  readonly type: string
  readonly message: string
  /** The place of the fault: a file, with the path into it. */
  readonly place?: string
}

/** What a failed command prints, and its exit code. A bug shows its stack, so that somebody can find it. */
export function describeError(error: unknown): DescribedError {
  if (error instanceof MalformedInput) {
    const place = error.place === '' ? error.file : `${error.file} at ${error.place}`
    const message = showFault(error)
    if (!(error instanceof DamagedRun)) return { exitCode: exitCodes.usage, type: 'malformed-input', message, place }
    const said = `Run ${error.runId} is damaged. ${message}\n${nameRepair(error.runId)}`
    return { exitCode: exitCodes.usage, type: 'damaged-run', message: said, place }
  }
  if (error instanceof StackFailed) {
    const message = error.mend === undefined ? error.message : `${error.message}\n  fix: ${error.mend}`
    return { exitCode: exitCodes.unreachable, type: 'needed-part-missing', message }
  }
  if (error instanceof ServerUnreachable || error instanceof DownloadFailed) {
    return { exitCode: exitCodes.unreachable, type: 'unreachable', message: error.message }
  }
  if (error instanceof OutputUnwritable) {
    return { exitCode: exitCodes.unreachable, type: 'disk', message: error.message }
  }
  if (isConnectionLost(error))
    return { exitCode: exitCodes.unreachable, type: 'unreachable', message: messageOf(error) }
  const usage = usageTypes.find(([type]) => error instanceof type)
  if (usage && error instanceof Error) {
    return { exitCode: exitCodes.usage, type: usage[1], message: error.message.replace(/^error: /, '') }
  }
  if (hasCode(error, 'ENOSPC', 'EROFS', 'EACCES', 'EDQUOT') && error instanceof Error) {
    return {
      exitCode: exitCodes.unreachable,
      type: 'disk',
      message: `Cannot write to the data folder: ${error.message}`,
    }
  }
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return { exitCode: exitCodes.internal, type: 'unexpected', message }
}

/** Errors of Temporal's client (recognised by name, since loading that client is slow) and of Node's sockets. */
function isConnectionLost(error: unknown): boolean {
  if (error instanceof Error && error.name === 'ServiceError') return true
  return hasCode(error, 'ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT')
}

const usageTypes = [
  [UsageError, 'usage'],
  [CommanderError, 'usage'],
  [ConfigInvalid, 'configuration'],
  [UnknownModel, 'unknown-model'],
  [RunNotFound, 'run-not-found'],
  [RunDiffers, 'run-differs'],
  [ForeignWorkflow, 'run-differs'],
] as const
