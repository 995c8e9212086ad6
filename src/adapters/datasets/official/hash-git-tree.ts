import { createHash } from 'node:crypto'

/** Files by path, with `/` as the separator. */
export type Files = ReadonlyMap<string, Uint8Array>

/**
 * The id that Git gives to a folder of plain files (git-scm.com/book: Git Internals, Git Objects): SHA-1 over its entries in byte
 * order, where a folder sorts as if its name ended in a slash.
 */
export function hashGitTree(files: Files): string {
  return hashFolder(files).toString('hex')
}

/** The files below a folder, by their path within it. */
export function filesBelow(files: Files, folder: string): Files {
  const prefix = `${folder}/`
  return new Map(
    [...files].flatMap(([path, bytes]) => (path.startsWith(prefix) ? [[path.slice(prefix.length), bytes]] : [])),
  )
}

function hashFolder(files: Files): Buffer {
  const names = new Set([...files.keys()].map((path) => path.split('/', 1)[0] ?? ''))
  const entries = [...names].map((name) => {
    const bytes = files.get(name)
    return bytes === undefined
      ? { mode: '40000', name, sortedAs: `${name}/`, id: hashFolder(filesBelow(files, name)) }
      : { mode: '100644', name, sortedAs: name, id: hashObject('blob', bytes) }
  })
  entries.sort((a, b) => Buffer.compare(Buffer.from(a.sortedAs), Buffer.from(b.sortedAs)))
  return hashObject(
    'tree',
    Buffer.concat(entries.flatMap(({ mode, name, id }) => [Buffer.from(`${mode} ${name}\0`), id])),
  )
}

function hashObject(type: 'blob' | 'tree', bytes: Uint8Array): Buffer {
  return createHash('sha1').update(`${type} ${bytes.length}\0`).update(bytes).digest()
}
