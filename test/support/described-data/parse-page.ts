import { parseType, type DescribedType } from './parse-type.ts'

/** One row of a table of fields; a field of a nested object has a dotted name. */
export interface DescribedField {
  readonly name: string
  readonly optional: boolean
  readonly type: DescribedType
}

/** The content under one heading of the page. */
export interface DescribedSection {
  readonly title: string
  /** As GitHub derives it from the title. */
  readonly anchor: string
  /** Paths below the data folder; words in capitals vary. Empty for parts that several files share. */
  readonly files: readonly string[]
  /** What a file holds, or a line of a file with lines. */
  readonly holds: DescribedType
  readonly fields: readonly DescribedField[]
  /** The words allowed, in sections that list them. */
  readonly values: readonly string[]
  /** The texts of fenced JSON blocks. */
  readonly examples: readonly string[]
}

/** Reads the tables, lists and examples of `data/nature_of_data.md`. */
export function parsePage(markdown: string): DescribedSection[] {
  const [, ...parts] = markdown.split(/^#{2,} /m)
  return parts.map(parseSection)
}

function parseSection(text: string): DescribedSection {
  const [title = '', ...lines] = text.split('\n')
  const anchor = nameAnchor(title)
  const prose = text.replaceAll(/^```[^]*?^```$/gm, '')
  const holds = /^- \*\*Holds\*\* (.+?)(?:;.*)?$/m.exec(prose)?.[1]
  return {
    title,
    anchor,
    files: listCode(/^- \*\*Files?\*\* .*$/m.exec(prose)?.[0] ?? ''),
    holds: holds === undefined ? { kind: 'section', anchor } : parseType(holds),
    fields: listRows(lines, 'field').flatMap(parseFields),
    values: listRows(lines, 'value').flatMap(([first = '']) => listCode(first)),
    examples: [...text.matchAll(/^```jsonl?\n([^]*?)^```$/gm)].map(([, example = '']) => example),
  }
}

/** `| `low`, `high`? | number | … |`: several fields of one type may share a row. */
function parseFields([names = '', type = '']: readonly string[]): DescribedField[] {
  return [...names.matchAll(/`([^`]+)`(\??)/g)].map(([, name = '', mark]) => ({
    name,
    optional: mark === '?',
    type: parseType(type),
  }))
}

/** The cells of the tables whose first column has this name. */
function listRows(lines: readonly string[], column: string): string[][] {
  const rows: string[][] = []
  let within = false
  for (const line of lines) {
    const cells = line
      .split(/(?<!\\)\|/)
      .slice(1, -1)
      .map((cell) => cell.trim())
    if (cells[0] === column) within = true
    else if (cells.length === 0) within = false
    else if (within && !/^-+$/.test(cells[0] ?? '')) rows.push(cells)
  }
  return rows
}

function listCode(text: string): string[] {
  return [...text.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code)
}

/** As GitHub does: lower case, hyphens for spaces, other punctuation removed. */
function nameAnchor(title: string): string {
  return title
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(' ', '-')
}
