import type { Locator, Page } from 'playwright-core'

/** Moves the pointer over a cell of a run's matrix, which is a link from then on. @param sample from 1, as on the page */
export async function pointAtCell(page: Page, task: string, sample: number): Promise<Locator> {
  const cells = page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: new RegExp(`^${task}\\b`) }) })
  await cells.locator('[data-cells]').hover({ position: { x: 26 * sample - 14, y: 15 } })
  return page.getByRole('link', { name: new RegExp(`^Sample ${sample} of ${task}`) })
}
