import type { ProgressView } from '../runs/render-progress.ts'
import { cutToWidth, measureWidth, wrapToWidth } from './display-width.ts'
import type { Shown } from './progress-line.ts'

/** Maximum terminal lines per sentence. */
const maxLines = 6

/** Runs in the form that a progress line shows. */
export function arrangeProgress(views: readonly ProgressView[]): Shown {
  return { fit: (columns, rows) => fitProgress(views, columns, rows), plain: views.map(renderPlainLine) }
}

/** Runs on a terminal: one line of numbers each, with messages below, all within the given columns and rows. */
function fitProgress(views: readonly ProgressView[], columns: number, rows: number): string[] {
  const indent = '  '
  const blocks = views.map((view) => ({
    line: fitLine(view, columns),
    words: view.words.flatMap((words) => wrapToWidth(words, columns - indent.length, maxLines)),
  }))
  const whole = blocks.flatMap(({ line, words }) => [line, ...words.map((each) => indent + each)])
  if (whole.length <= rows) return whole
  const lines = blocks.map(({ line }) => line)
  return lines.length <= rows
    ? lines
    : [...lines.slice(0, rows - 1), cutToWidth(`and ${lines.length - rows + 1} more`, columns)]
}

/** A run in one line of plain text, however long. */
function renderPlainLine({ runId, facts, words }: ProgressView): string {
  return `${runId}: ${[...facts.map(({ text }) => text), ...words].join(' · ')}`
}

/** Shortens by replacing the run's id by its model, then dropping facts by weight, then cutting the name. */
function fitLine({ runId, label, facts }: ProgressView, columns: number): string {
  const byWeight = facts.toSorted((a, b) => a.weight - b.weight)
  const fewer = byWeight.map((_, dropped) => {
    const remaining = new Set(byWeight.slice(dropped))
    return facts
      .filter((fact) => remaining.has(fact))
      .map(({ text }) => text)
      .join(' · ')
  })
  const candidates = [join(runId, fewer[0] ?? ''), ...fewer.slice(0, -1).map((text) => join(label, text))]
  const fitting = candidates.find((line) => measureWidth(line) <= columns)
  if (fitting !== undefined) return fitting
  const least = fewer.at(-1) ?? ''
  return cutToWidth(join(cutToWidth(label, columns - measureWidth(least) - ': '.length), least), columns)
}

function join(name: string, text: string): string {
  return name === '' ? text : `${name}: ${text}`
}
