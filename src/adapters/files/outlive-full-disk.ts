import { fstatSync, writeSync } from 'node:fs'
import { isatty } from 'node:tty'

/**
 * Keeps a long-running process alive when its log cannot be written: on a full disk Node's stdout and stderr fail, end the
 * process, and would keep failing after there is room again. Output that cannot be written is dropped.
 *
 * This applies only if they are files or devices. A broken terminal or pipe has lost its reader, so the error is ignored.
 */
export function outliveFullDisk(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', () => {})
    if (!isFileOrDevice(stream.fd)) continue
    stream.write = (chunk: string | Uint8Array, ...more: readonly unknown[]) => {
      try {
        writeSync(stream.fd, Buffer.from(chunk as Uint8Array))
      } catch {
        // Dropped.
      }
      const callback = more.at(-1)
      if (typeof callback === 'function') process.nextTick(callback)
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
