import { afterAll, afterEach, beforeAll, describe, expect } from '@jest/globals'
import type { PosedTask } from '../../src/domain/tasks/task.ts'
import { chromiumPath } from './open-browser.ts'
import { servePage, type ServedPage, type ServeOptions } from './serve-page.ts'
import { openVisitors, type Visitors } from './visit-page.ts'

/** `describe`, for tests that need a browser: skipped with a word where there is none. */
export const describeInBrowser = chromiumPath === undefined ? describe.skip : describe
if (chromiumPath === undefined) console.warn('The page is not tested in a browser: Chromium is missing.')

export interface KeptPage {
  readonly served: ServedPage
  readonly visitors: Visitors
}

/**
 * For a `describe`: the page over tasks of its own, and a browser, from before its first test until after its last. What
 * goes wrong in the server, or what the browser complains of, fails the test in which it does.
 *
 * @param tasks by their ids
 */
export function keepPage(tasks: Readonly<Record<string, PosedTask>>, options: ServeOptions = {}): KeptPage {
  // Filled when they are there; nothing reads them before.
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
