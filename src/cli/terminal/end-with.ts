import type { ExitCode } from '../exit-codes.ts'

/** Ends the process with a command's exit code once its output is out. */
export async function endWith(command: Promise<ExitCode>): Promise<void> {
  process.exitCode = await command
}
