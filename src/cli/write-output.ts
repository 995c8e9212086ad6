import { lstatSync, statSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { showFile } from '../adapters/files/show-file.ts'
import { sweepAbandoned } from '../adapters/files/sweep-abandoned.ts'
import { writeNewFile } from '../adapters/files/write-new-file.ts'
import { UsageError } from '../domain/usage-error.ts'
import { refuseToOverwrite } from './exports/choose-output.ts'
import { explainUnwritable } from './output-unwritable.ts'

/** Help for `--output` in commands where the file's extension may set the format. */
export const outputWords = 'write to a new file; the extension .md, .html or .json sets the format unless --format does'

/**
 * Checks the `--output` path before any work is done.
 *
 * @returns its absolute path
 * @throws {UsageError} if the path exists, or its folder does not
 */
export function checkOutput(path: string): string {
  const output = resolve(path)
  if (path === '') throw new UsageError('--output "": give the path of a new file.')
  if (/[/\\]$/.test(path) || isFolder(output)) {
    throw new UsageError(
      `--output ${path} is a folder; give a new file, such as ${showFile(join(output, 'report.html'))}.`,
    )
  }
  checkFree(path, output)
  return output
}

/**
 * Checks the `--output` path of a folder before any work is done.
 *
 * @returns its absolute path
 * @throws {UsageError} if the path exists, or the folder that it would be in does not
 */
export function checkOutputFolder(path: string): string {
  const output = resolve(path)
  if (path === '') throw new UsageError('--output "": give the path of a new folder.')
  checkFree(path, output)
  return output
}

function checkFree(path: string, output: string): void {
  if (find(lstatSync, output) !== undefined) refuseToOverwrite(path)
  const folder = dirname(output)
  if (!isFolder(folder)) throw new UsageError(`--output ${path}: the folder ${showFile(folder)} does not exist.`)
}

function isFolder(path: string): boolean {
  return find(statSync, path)?.isDirectory() === true
}

/**
 * Writes a new file, whole or not at all, and never overwrites anything.
 *
 * @returns its path, to type from the current folder
 * @throws {OutputUnwritable} if the disk is full or the folder is not writable; nothing is left behind then
 */
export async function writeOutput(output: string, pieces: Iterable<string> | AsyncIterable<string>): Promise<string> {
  try {
    // Removes what a killed command left of this file.
    await sweepAbandoned(dirname(output), basename(output))
    if (!(await writeNewFile(output, pieces))) refuseToOverwrite(showFile(output))
  } catch (error) {
    throw explainUnwritable(output, error)
  }
  return showFile(output)
}

/** If a path cannot be inspected (name too long, folder closed), the error appears when it is written. */
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
