/** A table as GitHub renders it. Text in it is escaped. */
export function renderMarkdownTable(headings: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) => `| ${cells.map(escapeMarkdown).join(' | ')} |`
  return [line(headings), line(headings.map(() => '---')), ...rows.map(line)]
}

/** Text of a model or a program must not end a cell, begin markup, or make a link. */
export function escapeMarkdown(text: string): string {
  return text
    .replaceAll(/[\r\n]+/g, ' ')
    .replaceAll(/[\\|`<>[\]*_~&]|:(?=\/\/)|(?<=\bwww)\./gi, (character) => `\\${character}`)
}
