import type { z } from 'zod'
import { MalformedInput } from '../../domain/malformed-input.ts'
import { messageOf } from '../../domain/message-of.ts'
import { hasCode } from '../files/error-code.ts'
import { checkBy, parseJson } from '../files/read-json-by.ts'
import type { Blobs } from './blobs.ts'
import { DamagedRun, type StoredValue } from './run-store.ts'
import { storedShapes } from './stored-shapes.ts'

/**
 * Reads a file of a run and checks it against its schema.
 *
 * @param name within the run: `records/00d62c1b.json`
 * @throws {DamagedRun} with the file and the place in it
 */
export async function needStored<Name extends string>(
  blobs: Blobs,
  runId: string,
  name: Name,
): Promise<StoredValue<Name>> {
  const value = await findStored(blobs, runId, name)
  if (value !== undefined) return value
  throw new DamagedRun(runId, { file: blobs.locate(`${runId}/${name}`), place: '', problem: 'it is missing' })
}

/** Like `needStored`, but undefined if there is no such file. */
export async function findStored<Name extends string>(
  blobs: Blobs,
  runId: string,
  name: Name,
): Promise<StoredValue<Name> | undefined> {
  const text = await readText(blobs, runId, name)
  if (text === undefined) return undefined
  const origin = { file: blobs.locate(`${runId}/${name}`), place: '' }
  if (text.trim() === '') throw new DamagedRun(runId, { ...origin, problem: 'it is empty' })
  const parsed = parseJson(text, origin)
  const reading = 'faults' in parsed ? parsed : checkBy(shapeOf(name), parsed.value, origin)
  const [fault] = 'faults' in reading ? reading.faults : []
  if (fault !== undefined) throw new DamagedRun(runId, fault)
  // The file's own value, not the schema's copy of it, so that fields of a later version are kept.
  return ('value' in parsed ? parsed.value : undefined) as StoredValue<Name> // as its shape says
}

/** The text of a file of a run, unchecked. @throws {DamagedRun} if the system cannot read it */
export async function readText(blobs: Blobs, runId: string, name: string): Promise<string | undefined> {
  return blobs.read(`${runId}/${name}`).catch((error: unknown) => explainUnreadable(blobs, runId, name, error))
}

/** Like `list` of `Blobs`, for a folder of a run. @throws {DamagedRun} if the system cannot list it */
export async function listStored(blobs: Blobs, runId: string, name: string): Promise<string[]> {
  return blobs.list(`${runId}/${name}`).catch((error: unknown) => explainUnreadable(blobs, runId, name, error))
}

function explainUnreadable(blobs: Blobs, runId: string, name: string, error: unknown): never {
  if (!hasCode(error, 'EACCES', 'EPERM', 'EISDIR', 'ENOTDIR', 'EIO', 'ELOOP')) throw error
  const file = blobs.locate(`${runId}/${name}`)
  throw new DamagedRun(runId, { file, place: '', problem: `cannot be read (${messageOf(error)})` })
}

function shapeOf(file: string): z.ZodType {
  const name = file.startsWith('copies/') ? file.slice('copies/'.length) : file
  const slash = name.indexOf('/')
  const first = slash < 0 ? name : name.slice(0, slash)
  if (isShaped(first)) return storedShapes[first]
  throw new MalformedInput(name, '', 'is not a file of a run')
}

function isShaped(name: string): name is keyof typeof storedShapes {
  return Object.hasOwn(storedShapes, name)
}
