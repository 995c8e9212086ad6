import { afterAll, afterEach, beforeAll, describe, expect } from '@jest/globals'
import type { PosedTask } from '../../src/domain/tasks/task.ts'
import { chromiumPath } from './open-browser.ts'
import { servePage, type ServedPage, type ServeOptions } from './serve-page.ts'
import { openVisitors, type Visitors } from './visit-page.ts'

/** `describe` for tests that need a browser: skipped with a message when there is none. */
export const describeInBrowser = chromiumPath === undefined ? describe.skip : describe
if (chromiumPath === undefined) console.warn('The page is not tested in a browser: Chromium is missing.')

export interface KeptPage {
  readonly served: ServedPage
  readonly visitors: Visitors
}

/**
 * For a `describe`: serves the page over its own tasks, with a browser, from before its first test until after its last. An error
 * in the server, or one that the browser reports, fails the test in which it happens.
 *
 * @param tasks by their ids
 */
export function keepPage(tasks: Readonly<Record<string, PosedTask>>, options: ServeOptions = {}): KeptPage {
  // Filled in `beforeAll`; nothing reads them before.
  const kept = { served: {} as ServedPage, visitors: {} as Visitors }
  beforeAll(async () => {
    const [served, visitors] = await Promise.all([servePage(tasks, options), openVisitors()])
    Object.assign(kept.served, served)
    Object.assign(kept.visitors, visitors)
  })
  afterEach(async () => {
    expect([...kept.served.faults, ...(await kept.visitors.leave())]).toEqual([])
  })
  afterAll(async () => {
    await kept.visitors.close()
    await kept.served.close()
  })
  return kept
}
