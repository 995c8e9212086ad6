import { count } from '../../domain/count.ts'
import { renderPercent } from '../../domain/format.ts'
import type { Agreement } from '../../domain/labels/agreement.ts'
import { labelNames } from '../../domain/labels/label.ts'
import { fitTable } from '../terminal/render-table.ts'

/** In words, and as a table of who gave which label where the other gave which. */
export function renderAgreement(
  { people, texts, same, agreement, kappa, kappa_interval, table }: Agreement,
  columns: number,
): string {
  const [first, second] = people
  const rows = labelNames.map((row) => [row, ...labelNames.map((column) => String(table[row][column]))])
  return [
    `${first} and ${second}: the same label for ${same} of ${count(texts, 'text')} (${renderPercent(agreement)} %).`,
    kappa === null || kappa_interval === null
      ? "Cohen's kappa is undefined: both gave every text the same label, so chance alone would agree as often."
      : `Cohen's kappa: ${kappa.toFixed(2)} (${kappa_interval[0].toFixed(2)} to ${kappa_interval[1].toFixed(2)}).`,
    '',
    fitTable([`${first} ↓  ${second} →`, ...labelNames], rows, columns),
  ].join('\n')
}
