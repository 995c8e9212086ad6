import { join } from 'node:path'
import { beforeAll, expect, test } from '@jest/globals'
import { createRunStore } from '../../src/adapters/stores/create-run-store.ts'
import { createFileBlobs } from '../../src/adapters/stores/file-blobs.ts'
import { buildPairs } from '../support/build-run.ts'
import { describeInBrowser, keepPage } from '../support/keep-page.ts'
import { listAxeViolations } from '../support/list-axe-violations.ts'
import { putRun } from '../support/put-run.ts'

describeInBrowser("a large run's matrix", () => {
  const { served, visitors } = keepPage({ 'task-0': buildPairs(0) })
  beforeAll(async () => {
    const runs = createRunStore(createFileBlobs(join(served.dataDir, 'runs')), 'test')
    const samples = Array.from({ length: 84 }, () => ({ grids: [null] }))
    const specification = { recipe: 'direct', samples: 84 } as const
    await putRun(
      runs,
      Array.from({ length: 60 }, () => samples),
      { runId: 'large', specification },
    )
  })

  test('leads by touch from a cell to its sample', async () => {
    const page = await visitors.visit(`${served.url}/runs/large`, { hasTouch: true, isMobile: true })
    const cells = page.getByRole('row', { name: /^task-1,/ }).locator('[data-cells]')
    await cells.tap({ position: { x: 2 * 26 + 12, y: 15 } })
    await page.waitForURL(/\/runs\/large\/samples\/task-1\/2$/)
  })

  test('is scrolled by keys, and keeps the focus when the wheel scrolls it away', async () => {
    const page = await visitors.visit(`${served.url}/runs/large`)
    const focused = () => page.evaluate(() => document.activeElement?.ariaLabel)
    await page.getByRole('link', { name: /^Sample 1 of task-0/ }).focus()
    await page.keyboard.press('End')
    expect(await focused()).toBe('Sample 84 of task-0: nothing to read')
    await page.keyboard.press('Control+End')
    expect(await focused()).toBe('Sample 84 of task-59: nothing to read')
    const isInside = await page.getByRole('link', { name: /^Sample 84 of task-59/ }).evaluate((link) => {
      const [box, frame] = [link, link.closest('[role=grid]')?.parentElement].map((each) =>
        each?.getBoundingClientRect(),
      )
      return box && frame && box.bottom <= frame.bottom && box.right <= frame.right
    })
    expect(isInside).toBe(true)
    await page.locator(':has(> [role=grid])').evaluate((frame) => frame.scrollTo(0, 0))
    await page.getByRole('rowheader', { name: /^task-0/ }).waitFor()
    expect(await focused()).toBe('Sample 84 of task-59: nothing to read')
    await page.keyboard.press('ArrowLeft')
    expect(await focused()).toBe('Sample 83 of task-59: nothing to read')
    expect(await listAxeViolations(page)).toEqual([])
  })
})
