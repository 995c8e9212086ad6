import { basename } from 'node:path'
import { UsageError } from '../domain/usage-error.ts'

/** The scripts of the Python original, with their commands here. */
const commands: Readonly<Record<string, string>> = {
  run_code_benchmark: 'benchmark code',
  run_code_generation_benchmark: 'benchmark code',
  run_benchmark: 'benchmark code',
  run_direct_benchmark: 'benchmark direct',
  generate_reasoning_data: 'generate reasoning',
  generate_reasoning_traces: 'generate reasoning',
  generate_code_data: 'generate code',
  verify_code_data: 'verify',
  verify_generated_code: 'verify',
  merge_json: 'dataset merge',
  merge_reasoning: 'traces merge',
  verify_task_id: 'dataset validate',
  server: 'web',
}

/**
 * Someone who types a script's name, with or without its folder and `.py`, is told the command to use instead.
 *
 * @throws {UsageError}
 */
export function refuseOldScript([first = '', ...words]: readonly string[]): void {
  const name = basename(first).replace(/\.py$/, '').replaceAll('-', '_')
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (command === undefined || first === command) return
  throw new UsageError(
    `${first} is a script of the Python original. Type: npx arcloom ${[command, ...words.map(quote)].join(' ')}`,
  )
}

/** Quotes a word for a shell. */
function quote(word: string): string {
  return /^[\w./:=,@%+-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
}
