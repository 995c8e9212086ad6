import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { describeInBrowser, keepPage } from '../support/keep-page.ts'

const task = { train: [{ input: [[1]], output: [[2]] }], test: [{ input: [[3]], output: [[4]] }] }
const depth = 40
const list = Array.from({ length: depth }, (_, level) => `${'  '.repeat(level)}- level ${level}`).join('\n')
const quotation = `${'> '.repeat(depth)}quoted`

describeInBrowser('a trace', () => {
  const { served, visitors } = keepPage({ plain: task })

  test.each([
    ['lists', list, `level ${depth - 1}`],
    ['quotations', quotation, 'quoted'],
  ])('of %s within each other does not widen the page, and keeps its text readable', async (_, text, innermost) => {
    const trace = { trace_id: 'deep', task_id: 'plain', username: 'ada', text, score: 0, timestamp: 1, voters: {} }
    await mkdir(served.dataDir, { recursive: true })
    await writeFile(join(served.dataDir, 'traces_store.json'), JSON.stringify({ plain: [trace] }))
    const page = await visitors.visit(`${served.url}/tasks/plain`, { viewport: { width: 390, height: 844 } })
    await page.getByRole('tab', { name: /^Traces/ }).click()
    const deepest = page.getByText(innermost, { exact: true }).last()
    await deepest.waitFor()
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
    expect((await deepest.boundingBox())?.width).toBeGreaterThan(150)
  })
})
