import { html, type Html } from './html.ts'

/** The first column is words, the others are numbers where they look like some. */
export function renderTable(headings: readonly string[], rows: readonly (readonly string[])[]): Html {
  const isNumber = (column: number) => column > 0 && rows.every((row) => /^[\d$<]/.test(row[column] ?? ''))
  return html`<div class="scroll" tabindex="0">
    <table>
      <thead>
        <tr>
          ${headings.map((heading, column) => html`<th class="${isNumber(column) ? 'n' : ''}">${heading}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row) =>
            html`<tr>
              ${row.map((cell, column) => html`<td class="${isNumber(column) ? 'n' : ''}">${cell}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`
}
