import type { WriteStream } from 'node:tty'

/** Where progress is shown: one live line on a terminal, now and then a plain line elsewhere. */
export interface ProgressLine {
  show(line: string): void
  /** A note of its own, above the live line. */
  note(line: string): void
  end(): void
}

const plainEveryMs = 5_000

/** @param silent shows nothing, for who asked for a document and nothing else */
export function createProgressLine(
  stream: WriteStream,
  { silent = false }: { readonly silent?: boolean | undefined } = {},
): ProgressLine {
  if (silent) return { show() {}, note() {}, end() {} }
  return stream.isTTY ? createLiveLine(stream) : createPlainLines(stream)
}

function createLiveLine(stream: WriteStream): ProgressLine {
  let shown = ''
  const erase = '\r\u001B[K'
  return {
    show(line) {
      shown = line.slice(0, (stream.columns || 80) - 1)
      stream.write(`${erase}${shown}`)
    },
    note: (line) => void stream.write(`${erase}${line}\n${shown}`),
    end() {
      if (shown !== '') stream.write('\n')
      shown = ''
    },
  }
}

function createPlainLines(stream: WriteStream): ProgressLine {
  let written = ''
  let newest = ''
  let writtenMs = -Infinity
  const write = () => {
    if (newest === written) return
    stream.write(`${newest}\n`)
    written = newest
    writtenMs = performance.now()
  }
  return {
    show(line) {
      newest = line
      if (performance.now() - writtenMs >= plainEveryMs) write()
    },
    note: (line) => void stream.write(`${line}\n`),
    end: write,
  }
}
