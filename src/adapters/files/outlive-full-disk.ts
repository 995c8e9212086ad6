import { fstatSync, writeSync } from 'node:fs'
import { isatty } from 'node:tty'

/**
 * Keeps a process that runs for long alive when its log cannot be written: on a full disk Node's own stdout and stderr break, end
 * the process, and would stay broken after there is room again. What cannot be written is left out.
 *
 * Only where they are files or devices. A terminal or a pipe that breaks has lost its reader, and is ignored.
 */
export function outliveFullDisk(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', () => {})
    if (!isFileOrDevice(stream.fd)) continue
    stream.write = (chunk: string | Uint8Array, ...more: readonly unknown[]) => {
      try {
        writeSync(stream.fd, Buffer.from(chunk as Uint8Array))
      } catch {
        // Left out.
      }
      const done = more.at(-1)
      if (typeof done === 'function') process.nextTick(done)
      return true
    }
  }
}

function isFileOrDevice(descriptor: number): boolean {
  try {
    const stats = fstatSync(descriptor)
    return stats.isFile() || (stats.isCharacterDevice() && !isatty(descriptor))
  } catch {
    return false
  }
}
