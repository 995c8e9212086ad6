import { lstatSync, statSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { sweepAbandoned } from '../adapters/files/sweep-abandoned.ts'
import { writeNewFile } from '../adapters/files/write-new-file.ts'
import { refuseToOverwrite } from './exports/choose-output.ts'
import { explainUnwritable } from './output-unwritable.ts'
import { showFile } from './show-file.ts'
import { UsageError } from './usage-error.ts'

/** What help says of `--output` where the file's ending may name the format. */
export const outputWords =
  'write it to a new file, never over another; .md, .html or .json name the format unless --format does'

/**
 * Checks what `--output` names before any work is done.
 *
 * @returns its absolute path
 * @throws {UsageError} where something is there already, or there is no folder to put it in
 */
export function checkOutput(path: string): string {
  const output = resolve(path)
  if (path === '') throw new UsageError('--output "": the path of a new file is needed.')
  const folder = dirname(output)
  const isFolder = (each: string) => find(statSync, each)?.isDirectory() === true
  if (/[/\\]$/.test(path) || isFolder(output)) {
    throw new UsageError(
      `--output ${path} names a folder; name a new file, such as ${showFile(join(output, 'report.html'))}.`,
    )
  }
  if (find(lstatSync, output) !== undefined) refuseToOverwrite(path)
  if (!isFolder(folder)) throw new UsageError(`--output ${path}: there is no folder ${showFile(folder)}.`)
  return output
}

/**
 * Writes a new file: whole or not at all, and never over anything.
 *
 * @returns its path as it can be typed from the current folder
 * @throws {OutputUnwritable} where the disk is full or the folder may not be written; nothing is left behind then
 */
export async function writeOutput(output: string, pieces: Iterable<string> | AsyncIterable<string>): Promise<string> {
  try {
    // What a killed command left of this very file.
    await sweepAbandoned(dirname(output), basename(output))
    if (!(await writeNewFile(output, pieces))) refuseToOverwrite(showFile(output))
  } catch (error) {
    throw explainUnwritable(output, error)
  }
  return showFile(output)
}

/** A path that cannot be looked at, because its name is too long or its folder is closed, is found out when it is written. */
function find<Stats>(
  look: (path: string, options: { throwIfNoEntry: false }) => Stats,
  path: string,
): Stats | undefined {
  try {
    return look(path, { throwIfNoEntry: false })
  } catch {
    return undefined
  }
}
