import { html, type Html } from './html.ts'

/** The first column is text; other columns are numeric if all of their cells look like numbers. */
export function renderTable(headings: readonly string[], rows: readonly (readonly string[])[]): Html {
  const classes = headings.map((_, column) =>
    column > 0 && rows.every((row) => /^[\d$<]/.test(row[column] ?? '')) ? 'n' : '',
  )
  const cellClass = (column: number) => classes[column] ?? ''
  return html`<div class="scroll" tabindex="0">
    <table>
      <thead>
        <tr>
          ${headings.map((heading, column) => html`<th class="${cellClass(column)}">${heading}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row) =>
            html`<tr>
              ${row.map((cell, column) => html`<td class="${cellClass(column)}">${cell}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`
}
