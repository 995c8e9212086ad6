import type { WriteStream } from 'node:tty'
import { cutToWidth, measureWidth } from './display-width.ts'

/** What is shown now: as many lines as there is room for on a terminal, and whole elsewhere. */
export interface Shown {
  readonly fit: (columns: number, rows: number) => readonly string[]
  readonly plain: readonly string[]
}

/** Where progress is shown: live lines on a terminal, now and then plain lines elsewhere. */
export interface ProgressLine {
  show(what: string | Shown): void
  /** A note of its own, above the live lines. */
  note(line: string): void
  end(): void
}

const plainEveryMs = 5_000

/** While nothing has changed but how long it takes: an outage of a day is not worth thousands of lines of a log. */
const plainIdleMs = 5 * 60_000

interface ProgressLineOptions {
  /** Shows nothing, for whoever asked for a document and nothing else. */
  readonly silent?: boolean | undefined
  readonly nowMs?: () => number
}

export function createProgressLine(
  stream: WriteStream,
  { silent = false, nowMs = () => performance.now() }: ProgressLineOptions = {},
): ProgressLine {
  if (silent) return { show() {}, note() {}, end() {} }
  return stream.isTTY ? createLiveLines(stream) : createPlainLines(stream, nowMs)
}

/*
 * The cursor stays at the end of the last live line. Before they are drawn anew they are erased, from where their first row
 * stands now: a terminal that became narrower has broken lines that were drawn when it was wider (tmux, VTE, kitty, iTerm,
 * Windows Terminal), so rows are counted by the width of now.
 */
function createLiveLines(stream: WriteStream): ProgressLine {
  let newest: Shown = { fit: () => [], plain: [] }
  let drawn: readonly string[] = []
  const countColumns = () => stream.columns || 80
  const erase = () => {
    const rows = drawn.reduce((sum, line) => sum + Math.max(1, Math.ceil(measureWidth(line) / countColumns())), 0)
    return rows > 1 ? `\r\u001B[${rows - 1}A\u001B[J` : '\r\u001B[J'
  }
  const draw = (before = '') => {
    const erasing = erase()
    // The last column stays empty: a full line makes some terminals begin the next one.
    drawn = newest.fit(countColumns() - 1, Math.max(1, (stream.rows || 24) - 1))
    stream.write(`${erasing}${before}${drawn.join('\n')}`)
  }
  const redraw = () => draw()
  stream.on('resize', redraw)
  return {
    show(what) {
      newest = typeof what === 'string' ? { fit: (columns) => [cutToWidth(what, columns)], plain: [what] } : what
      draw()
    },
    note: (line) => draw(`${line}\n`),
    end() {
      stream.off('resize', redraw)
      if (drawn.length > 0) stream.write('\n')
      drawn = []
      newest = { fit: () => [], plain: [] }
    },
  }
}

/** As `renderDuration` writes them. */
const times = /\d+(?:\.\d+)? (?:s|min|h)\b/g

function createPlainLines(stream: WriteStream, nowMs: () => number): ProgressLine {
  let written: readonly string[] = []
  let newest: readonly string[] = []
  let writtenMs = -Infinity
  const write = () => {
    const fresh = newest.filter((line, index) => line !== written[index])
    if (fresh.length === 0) return
    stream.write(fresh.map((line) => `${line}\n`).join(''))
    written = newest
    writtenMs = nowMs()
  }
  return {
    show(what) {
      newest = typeof what === 'string' ? [what] : what.plain
      const isIdle = newest.join('\n').replace(times, '') === written.join('\n').replace(times, '')
      if (nowMs() - writtenMs >= (isIdle ? plainIdleMs : plainEveryMs)) write()
    },
    note: (line) => void stream.write(`${line}\n`),
    end: write,
  }
}
