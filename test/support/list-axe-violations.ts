import axe from 'axe-core'
import type { Page } from 'playwright-core'

/**
 * The accessibility faults that axe finds on a page, in words.
 *
 * @param preload whether axe may request style sheets that it cannot read otherwise; the policy of a page on disk forbids it
 */
export async function listAxeViolations(page: Page, { preload = true } = {}): Promise<string[]> {
  await page.evaluate(axe.source)
  return page.evaluate(async (isPreloading) => {
    const { axe: checker } = globalThis as unknown as { axe: typeof axe } // defined by axe.source
    const { violations } = await checker.run({ preload: isPreloading })
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`)
  }, preload)
}
