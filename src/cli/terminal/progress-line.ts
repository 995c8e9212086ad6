import type { WriteStream } from 'node:tty'
import { cutToWidth, measureWidth } from './display-width.ts'

/** What to show: as many lines as fit on a terminal; elsewhere, whole lines. */
export interface Shown {
  readonly fit: (columns: number, rows: number) => readonly string[]
  readonly plain: readonly string[]
}

/** Shows progress: live lines on a terminal, an occasional plain line elsewhere. */
export interface ProgressLine {
  show(what: string | Shown): void
  /** Prints a line above the live lines. */
  note(line: string): void
  end(): void
}

const plainEveryMs = 5_000

/** While nothing changes but the elapsed time: a day's outage is not worth thousands of lines in a log. */
const plainIdleMs = 5 * 60_000

interface ProgressLineOptions {
  /** Shows nothing, for callers that print a single document. */
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
 * The cursor stays at the end of the last live line. Before redrawing, the lines are erased from the row where they now
 * start: a terminal that became narrower has wrapped lines drawn when it was wider (tmux, VTE, kitty, iTerm,
 * Windows Terminal), so rows are counted at the current width.
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
    // The last column stays empty: a full line makes some terminals wrap to the next one.
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
