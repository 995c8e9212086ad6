import { EventEmitter } from 'node:events'
import type { WriteStream } from 'node:tty'
import { describe, expect, test } from '@jest/globals'
import { createProgressLine } from './progress-line.ts'

const escape = '\u001B'
const pieces = new RegExp(`\\r|\\n|${escape}\\[\\d*[AJ]|[^\\r\\n${escape}]+`, 'g')

/** A terminal that rewraps long lines when it is resized, as most do. It understands what progress lines write. */
function createTerminal(columns: number, rows = 24) {
  let lines = ['']
  /** Lines above the cursor's line. The cursor is at the end of its line or, after `\r`, at its start. */
  let line = 0
  let atStart = false
  const put = (text: string) => {
    lines[line] = (atStart ? '' : (lines[line] ?? '')) + text
    atStart = false
  }
  const countRows = (text: string) => Math.max(1, Math.ceil(text.length / stream.columns))
  const moveUp = (count: number) => {
    // Counted in rows, not lines; the cursor is in the last row of its line.
    let remaining = count - (countRows(lines[line] ?? '') - 1)
    while (remaining > 0 && line > 0) {
      line -= 1
      remaining -= countRows(lines[line] ?? '')
    }
  }
  const stream = Object.assign(new EventEmitter(), {
    isTTY: true,
    columns,
    rows,
    write(text: string) {
      for (const [piece] of text.matchAll(pieces)) {
        if (piece === '\r') atStart = true
        else if (piece === '\n') {
          line += 1
          lines[line] ??= ''
          atStart = false
        } else if (piece.endsWith('A') && piece.startsWith(escape)) moveUp(Number(piece.slice(2, -1)))
        else if (piece === `${escape}[J`) {
          lines = lines.slice(0, line)
          lines[line] = ''
          atStart = false
        } else put(piece)
      }
      return true
    },
  })
  return {
    stream: stream as unknown as WriteStream,
    shown: () => lines,
    resize: (to: number) => {
      stream.columns = to
      stream.emit('resize')
    },
    listeners: () => stream.listenerCount('resize'),
  }
}

const show = (...lines: string[]) => ({
  fit: (columns: number) => lines.map((line) => line.slice(0, columns)),
  plain: lines,
})

describe('on a terminal', () => {
  test('lines are drawn over the previous ones, more or fewer', () => {
    const { stream, shown } = createTerminal(40)
    const line = createProgressLine(stream)
    line.show(show('a 1', 'b 1'))
    line.show(show('a 2', 'b 2', '  words'))
    expect(shown()).toEqual(['a 2', 'b 2', '  words'])
    line.show(show('a 3'))
    expect(shown()).toEqual(['a 3'])
  })

  test('notes are printed above them, and earlier output stays', () => {
    const { stream, shown } = createTerminal(40)
    stream.write('$ arcloom\n')
    const line = createProgressLine(stream)
    line.show(show('a', 'b'))
    line.note('note')
    line.show(show('c', 'd'))
    line.end()
    expect(shown()).toEqual(['$ arcloom', 'note', 'c', 'd', ''])
  })

  test('a resize redraws them at once to the new width, without leftovers', () => {
    const { stream, shown, resize } = createTerminal(40)
    stream.write('$ arcloom\n')
    const line = createProgressLine(stream)
    line.show(show('a'.repeat(60), 'b'.repeat(35), 'c'))
    expect(shown()).toEqual(['$ arcloom', 'a'.repeat(39), 'b'.repeat(35), 'c'])
    resize(20)
    expect(shown()).toEqual(['$ arcloom', 'a'.repeat(19), 'b'.repeat(19), 'c'])
    resize(80)
    expect(shown()).toEqual(['$ arcloom', 'a'.repeat(60), 'b'.repeat(35), 'c'])
  })

  test('nothing is drawn after the end', () => {
    const { stream, shown, resize, listeners } = createTerminal(40)
    const line = createProgressLine(stream)
    line.show('done')
    line.end()
    resize(10)
    expect(shown()).toEqual(['done', ''])
    expect(listeners()).toBe(0)
  })
})

test('elsewhere each changed line is printed in full, and the last state at the end', () => {
  let written = ''
  const stream = { isTTY: false, write: (text: string) => (written += text) } as unknown as WriteStream
  const line = createProgressLine(stream)
  line.show(show('a 1', 'b 1'))
  line.show(show('a 2', 'b 1'))
  line.end()
  expect(written).toBe('a 1\nb 1\na 2\n')
})

describe('in a file or a pipe', () => {
  const listen = () => {
    const lines: string[] = []
    const stream = { isTTY: false, write: (text: string) => lines.push(...text.trimEnd().split('\n')) }
    return { stream: stream as unknown as WriteStream, lines } // all that plain lines use
  }

  test('lines are printed every five seconds while something changes, and every five minutes while only time passes', () => {
    const { stream, lines } = listen()
    let second = 0
    const line = createProgressLine(stream, { nowMs: () => second * 1000 })
    for (; second <= 20; second += 1) line.show(`${second}/100 tasks · ${second} s`)
    expect(lines).toEqual([
      '0/100 tasks · 0 s',
      '5/100 tasks · 5 s',
      '10/100 tasks · 10 s',
      '15/100 tasks · 15 s',
      '20/100 tasks · 20 s',
    ])
    lines.length = 0
    for (; second <= 700; second += 1) line.show(`20/100 tasks · ${Math.floor(second / 60)} min ${second % 60} s`)
    expect(lines).toEqual(['20/100 tasks · 0 min 25 s', '20/100 tasks · 5 min 25 s', '20/100 tasks · 10 min 25 s'])
    line.show('21/100 tasks · 12 min 0 s')
    expect(lines.at(-1)).toBe('21/100 tasks · 12 min 0 s')
  })
})
