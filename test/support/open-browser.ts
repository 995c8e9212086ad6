import { execFileSync } from 'node:child_process'
import { chromium, type Browser } from 'playwright-core'

/** The Chromium of this machine; undefined if there is none, and tests that need it are skipped. */
export const chromiumPath =
  process.env['CHROMIUM_PATH'] || findOnPath(['chromium', 'chromium-browser', 'google-chrome'])

/** A headless Chromium that makes no requests of its own. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    ...(chromiumPath !== undefined && { executablePath: chromiumPath }),
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
}

function findOnPath(names: readonly string[]): string | undefined {
  try {
    const command = names.map((name) => `command -v ${name}`).join(' || ')
    return execFileSync('sh', ['-c', command], { encoding: 'utf8' }).trim()
  } catch {
    return undefined
  }
}
