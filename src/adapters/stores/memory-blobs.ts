import type { Blobs } from './blobs.ts'
import { wholeLines } from './whole-lines.ts'

/** Blobs that live as long as the process: for tests. */
export function createMemoryBlobs(): Blobs {
  const texts = new Map<string, string>()
  /** How often each was written; stands in for a file's change time. */
  const times = new Map<string, number>()
  const put = (name: string, text: string) => {
    texts.set(name, text)
    times.set(name, (times.get(name) ?? 0) + 1)
  }
  return {
    locate: (name) => `memory/${name}`,
    async read(name) {
      return texts.get(name)
    },
    async readStart(name, bytes) {
      const text = texts.get(name)
      return text === undefined ? undefined : Buffer.from(text).toString('utf8', 0, bytes)
    },
    async readLines(name, fromByte) {
      return wholeLines(Buffer.from(texts.get(name) ?? '').subarray(fromByte), fromByte)
    },
    async write(name, text) {
      put(name, text)
    },
    async create(name, text) {
      if (texts.has(name)) return false
      put(name, typeof text === 'string' ? text : (await Array.fromAsync(text)).join(''))
      return true
    },
    async reserve(name) {
      return {
        async write(text) {
          put(name, text)
        },
        async discard() {},
      }
    },
    findLackOfRoom: () => undefined,
    async remove(name) {
      texts.delete(name)
    },
    async move(from, to) {
      const text = texts.get(from)
      if (text === undefined) return
      put(to, text)
      texts.delete(from)
    },
    async list(folder) {
      const prefix = folder === '' ? '' : `${folder}/`
      const below = [...texts.keys()].filter((name) => name.startsWith(prefix))
      return [...new Set(below.map((name) => name.slice(prefix.length).split('/')[0] ?? ''))]
    },
    async stamp(name) {
      const names = [...texts.keys()].filter((each) => each === name || each.startsWith(`${name}/`)).sort()
      return names.map((each) => `${each} ${times.get(each)}`).join('\n')
    },
    async append(name, line) {
      const before = texts.get(name) ?? ''
      put(name, `${before}${before === '' || before.endsWith('\n') ? '' : '\n'}${line}\n`)
    },
    openSharedLines(name) {
      let last: string | undefined
      return {
        async append({ forget, read, write }) {
          const text = texts.get(name) ?? ''
          // As in a file: an incomplete last line is removed.
          const whole = text.slice(0, text.lastIndexOf('\n') + 1)
          if (last === undefined || !whole.startsWith(last)) forget()
          const from = last !== undefined && whole.startsWith(last) ? last.length : 0
          for (const line of whole.slice(from).split('\n').slice(0, -1)) read(line)
          let all = whole
          for await (const line of write()) put(name, (all += `${line}\n`))
          last = all
        },
      }
    },
    async sweep() {},
  }
}
