import { MalformedInput } from '../domain/malformed-input.ts'
import { UsageError } from '../domain/usage-error.ts'
import { Problem } from './problem.ts'

/** By the errors' names: their classes are in modules that load Temporal's client. The place is that of the field to blame. */
const refusals: Readonly<Record<string, readonly [status: 400 | 409 | 503, type: string, place?: string]>> = {
  UnknownModel: [400, 'unknown-model', 'model'],
  RunDiffers: [409, 'run-differs', 'name'],
  ForeignWorkflow: [409, 'run-differs', 'name'],
  ConfigInvalid: [503, 'configuration'],
  StackFailed: [503, 'stack-not-up'],
  ServerUnreachable: [503, 'stack-not-up'],
  ServiceError: [503, 'stack-not-up'],
}

/**
 * Does something with runs, and tells what speaks against it in the words that the command prints.
 *
 * @param usage the status of what cannot be done: 409 if the run's state speaks against it
 * @throws {Problem}
 */
export async function orExplain<Value>(work: Promise<Value>, usage: 400 | 409 = 400): Promise<Value> {
  try {
    return await work
  } catch (error) {
    throw explainRefusal(error, usage)
  }
}

/** @returns what is not expected as it is */
export function explainRefusal(error: unknown, usage: 400 | 409 = 400): unknown {
  if (!(error instanceof Error)) return error
  if (error instanceof UsageError) return new Problem(usage, 'usage', error.message, findField(error))
  if (error instanceof MalformedInput) return new Problem(409, 'malformed-file', error.message, error.place)
  const [status, type, place] = (Object.hasOwn(refusals, error.name) && refusals[error.name]) || []
  return status === undefined || type === undefined ? error : new Problem(status, type, explain(error), place)
}

function explain(error: Error): string {
  const mend = 'mend' in error && typeof error.mend === 'string' ? ` To fix: ${error.mend}` : ''
  return `${error.message}${mend}`
}

/** The field of the flag that an error blames, or names first: `--best-of` is `best_of`. */
function findField({ flag, message }: UsageError): string | undefined {
  return /--([a-z][a-z-]*)/.exec(flag ?? message)?.[1]?.replaceAll('-', '_')
}
