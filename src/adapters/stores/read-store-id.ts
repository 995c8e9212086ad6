import { randomBytes } from 'node:crypto'
import { MalformedInput } from '../../domain/malformed-input.ts'
import { readJsonBy } from '../files/read-json-by.ts'
import type { Blobs } from './blobs.ts'
import { storeShape } from './stored-shapes.ts'

/**
 * The store's id, created by the first process that needs it. It is stored twice: open workflows carry it, so with a new id none
 * of them would be recognised.
 */
export async function readStoreId(blobs: Blobs): Promise<string> {
  const before = await findId(blobs, 'store.copy.json')
  await blobs.create('store.json', render(before ?? randomBytes(4).toString('hex')))
  const id = await findId(blobs, 'store.json')
  if (id !== undefined) {
    if (id !== before) await blobs.write('store.copy.json', render(id))
    return id
  }
  if (before === undefined) {
    const file = blobs.locate('store.json')
    throw new MalformedInput(
      file,
      '',
      `not {"store_id": …}. Remove the file: another id is made. Runs that are open on the server then have to be started under another name`,
    )
  }
  await blobs.write('store.json', render(before))
  return before
}

async function findId(blobs: Blobs, name: string): Promise<string | undefined> {
  const text = await blobs.read(name)
  const reading = text === undefined ? undefined : readJsonBy(storeShape, text, name)
  return reading && 'value' in reading ? reading.value.store_id : undefined
}

function render(id: string): string {
  return JSON.stringify({ store_id: id })
}
