import { gzipSync } from 'node:zlib'
import { Header, type HeaderData } from 'tar'

export interface ArchiveEntry {
  readonly path: string
  readonly text?: string
  readonly type?: NonNullable<HeaderData['type']>
  readonly linkpath?: string
  /** The size in the header, if it is not the text's length. */
  readonly size?: number
}

/** A `.tar.gz` with exactly these entries, valid or not: ordinary archivers would refuse some of them. */
export function buildArchive(entries: readonly ArchiveEntry[]): Buffer {
  return gzipSync(Buffer.concat([...entries.flatMap(encodeEntry), Buffer.alloc(1024)]))
}

function encodeEntry({ path, text = '', type = 'File', linkpath, size }: ArchiveEntry): Buffer[] {
  const body = Buffer.from(text)
  const block = Buffer.alloc(512)
  const data: HeaderData = { path, type, mode: 0o644, size: size ?? body.length, mtime: new Date(0) }
  new Header(linkpath === undefined ? data : { ...data, linkpath }).encode(block)
  return [block, body, Buffer.alloc((512 - (body.length % 512)) % 512)]
}
