import { posix } from 'node:path'
import { findRoom, rooms } from './rooms.ts'

export interface Import {
  /** Path of the importing file from the repository's root, and what stands behind its `from`. */
  readonly file: string
  readonly source: string
  readonly typeOnly: boolean
}

/** @returns why the import is not allowed, in words that say what is; undefined where it is allowed or the file has no room. */
export function judgeImport({ file, source, typeOnly }: Import): string | undefined {
  const name = findRoom(file)
  const room = name === undefined ? undefined : rooms[name]
  if (room === undefined) return undefined
  if (!source.startsWith('.')) {
    return room.packages.includes(namePackage(source))
      ? undefined
      : `${name} may not import ${namePackage(source)}. Packages allowed there: ${list(room.packages)} (lint/rooms.ts).`
  }
  const target = posix.join(posix.dirname(file), source)
  if (findRoom(target) === name || allows(room.imports, target)) return undefined
  if (allows(room.types ?? [], target)) {
    return typeOnly ? undefined : `${name} may import only types from ${target}: write \`import type\` (lint/rooms.ts).`
  }
  return `${name} may not import ${target}. It may import ${list(room.imports)} (lint/rooms.ts).`
}

function allows(names: readonly string[], target: string): boolean {
  // A room that lies inside another is one of its own: web/src does not open web/src/task.
  return names.some((name) => target === name || (target.startsWith(`${name}/`) && findRoom(target) === findRoom(name)))
}

/** `hono/cookie` is of hono, `@temporalio/common/lib/time.js` of @temporalio/common. */
function namePackage(source: string): string {
  if (source.startsWith('node:')) return 'node:*'
  return source.split('/', source.startsWith('@') ? 2 : 1).join('/')
}

function list(names: readonly string[]): string {
  return names.length === 0 ? 'nothing' : names.join(', ')
}
