import { expect } from '@jest/globals'
import type { Page } from 'playwright-core'

/**
 * No script but the page's own, nothing that handles an event, no address that runs something, no frame.
 *
 * @param own what the paths of the page's own scripts begin with
 */
export async function expectHarmless(page: Page, own = '/assets/'): Promise<void> {
  const found = await page.evaluate((start) => {
    const all = [...document.querySelectorAll('*')]
    const attributes = all.flatMap((element) => [...element.attributes].map(({ name, value }) => `${name}=${value}`))
    return {
      scripts: [...document.scripts].map(({ src }) => new URL(src).pathname).filter((path) => !path.startsWith(start)),
      handlers: attributes.filter((attribute) => /^on/i.test(attribute)),
      addresses: attributes.filter((attribute) => /^(href|src|action)=\s*(javascript|data|vbscript):/i.test(attribute)),
      frames: document.querySelectorAll('iframe, object, embed, base, main style, main meta').length,
    }
  }, own)
  expect(found).toEqual({ scripts: [], handlers: [], addresses: [], frames: 0 })
}
