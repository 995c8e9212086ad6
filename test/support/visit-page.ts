import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { openBrowser } from './open-browser.ts'

/** A browser whose console is recorded. */
export interface Visitors {
  /** A page of a visitor who was never here. */
  visit(address: string, options?: BrowserContextOptions): Promise<Page>
  /** What consoles complained about and scripts that should not have run, since the last time; closes what is open. */
  leave(): Promise<string[]>
  close(): Promise<void>
}

export async function openVisitors(): Promise<Visitors> {
  const browser: Browser = await openBrowser()
  const complaints: string[] = []
  return {
    async visit(address, options = {}) {
      const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options })
      const page = await context.newPage()
      page.on('dialog', (dialog) => {
        complaints.push(`a dialog: ${dialog.message()}`)
        void dialog.dismiss()
      })
      page.on('pageerror', (error) => complaints.push(String(error)))
      page.on('console', (message) => {
        // The page itself says what the server refuses, or that it is down.
        if (message.type() === 'error' && !/Failed to load resource/.test(message.text())) {
          complaints.push(message.text())
        }
      })
      await page.goto(address)
      return page
    },
    async leave() {
      await Promise.all(browser.contexts().map((context) => context.close()))
      return complaints.splice(0)
    },
    close: () => browser.close(),
  }
}
