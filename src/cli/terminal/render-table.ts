import { measureWidth } from './display-width.ts'
import { wrapText } from './wrap-text.ts'

type Layout = (headings: readonly string[], rows: readonly (readonly string[])[], columns: number) => string

/**
 * Renders a table in the first layout that fits. If none fits, each row becomes a block of lines, which is as narrow as its
 * values.
 *
 * @param columns of the terminal; Infinity if there is none, so that scripts get one line per row
 */
export function fitTable(
  headings: readonly string[],
  rows: readonly (readonly string[])[],
  columns: number,
  layouts: readonly Layout[] = [renderTable, renderUnderNames],
): string {
  for (const layout of layouts) {
    const text = layout(headings, rows, columns)
    if (text.split('\n').every((line) => measureWidth(line) <= columns)) return text
  }
  return renderBlocks(headings, rows, columns)
}

/** Columns under their headings, as wide as their widest cell. */
export function renderTable(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = headings.map((heading, column) =>
    Math.max(measureWidth(heading), ...rows.map((row) => measureWidth(row[column] ?? ''))),
  )
  return [headings, ...rows]
    .map((row) =>
      row
        .map((cell, column) => pad(cell, widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

/** Each row's first cell on its own line, with the other cells below it. */
function renderUnderNames(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const [name = '', ...others] = headings
  const [heading = '', ...lines] = renderTable(
    others,
    rows.map((row) => row.slice(1)),
  ).split('\n')
  const named = lines.flatMap((line, index) => [rows[index]?.[0] ?? '', `  ${line}`])
  return [name, `  ${heading}`, ...named].join('\n')
}

/** Transposed: one line per heading and one column per row, with long names wrapped. */
export function renderBeside(
  headings: readonly string[],
  rows: readonly (readonly string[])[],
  columns: number,
): string {
  const [name = '', ...others] = headings
  const label = Math.max(...headings.map(measureWidth))
  const room = Math.floor((columns - label) / Math.max(1, rows.length)) - 2
  const widest = Math.max(...rows.flatMap((row) => row.slice(1).map(measureWidth)))
  const names = rows.map((row) => breakName(row[0] ?? '', Math.max(room, widest)))
  const nameLines = Array.from({ length: Math.max(...names.map(({ length }) => length)) }, (_, line) => [
    line === 0 ? name : '',
    ...names.map((parts) => parts[line] ?? ''),
  ])
  const values = others.map((heading, index) => [heading, ...rows.map((row) => row[index + 1] ?? '')])
  const [first = [], ...rest] = [...nameLines, ...values]
  return renderTable(first, rest)
}

/**
 * One block of lines per row: its first cell, in full, then each other cell beside its heading. A heading that leaves no room
 * beside it gets its own line.
 */
function renderBlocks(headings: readonly string[], rows: readonly (readonly string[])[], columns: number): string {
  const widths = headings.slice(1).map(measureWidth)
  const label = Math.max(0, ...widths.filter((width) => width + 4 <= columns / 2))
  return rows
    .flatMap(([name = '', ...cells]) => [
      name,
      ...cells.flatMap((cell, index) => {
        const heading = headings[index + 1] ?? ''
        if (cell === '') return []
        if ((widths[index] ?? 0) <= label) return [wrapText(`  ${pad(heading, label)}  ${cell}`, columns)]
        return [wrapText(`  ${heading}`, columns), wrapText(`  ${pad('', label)}  ${cell}`, columns)]
      }),
    ])
    .join('\n')
}

/** Breaks an id after a dash if possible. */
function breakName(name: string, columns: number): string[] {
  if (measureWidth(name) <= columns) return [name]
  const dash = name.lastIndexOf('-', columns - 1)
  const end = dash > 0 ? dash + 1 : columns
  return [name.slice(0, end), ...breakName(name.slice(end), columns)]
}

function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - measureWidth(text)))
}
