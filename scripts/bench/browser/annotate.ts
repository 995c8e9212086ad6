#!/usr/bin/env -S node --disable-warning=ExperimentalWarning
import { mkdtemp, rm } from 'node:fs/promises'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import type { Page } from 'playwright-core'
import { createRunStore } from '../../../src/adapters/stores/create-run-store.ts'
import { createFileBlobs } from '../../../src/adapters/stores/file-blobs.ts'
import { noUsage } from '../../../src/domain/models/usage.ts'
import { openBrowser } from '../../../test/support/open-browser.ts'
import { putLargeRun } from '../support/put-large-run.ts'
import { quantile } from '../support/quantile.ts'
import { renderFigures, type Figure } from '../support/render-figures.ts'
import { servePageAlone } from '../support/serve-page-alone.ts'
import { measureWaits } from './measure-page.ts'

/*
 * How long somebody who labels reasoning waits for the next text, in a run of 2,500 tasks × 4 samples: from the key to the frame that
 * shows the next text and its task. Each label is written to the disk, as always. The server is a process of its own; Chromium runs
 * on the same machine.
 */

const root = fileURLToPath(new URL('../../..', import.meta.url))
const { values } = parseArgs({
  options: {
    labels: { type: 'string', default: '100' },
    /** Between a text and the key. */
    'read-ms': { type: 'string', default: '300' },
  },
})
const [labels, readMs] = [Number(values.labels), Number(values['read-ms'])]
const title = '.annotate-LabelDesk-title'
const text = 'What I see: each output is as large as its input. The rule: a cell becomes the next colour.\n\n'.repeat(
  20,
)

/** All samples of a large run share one answer, which is read anew for each. */
async function putAnswer(runsDir: string): Promise<void> {
  const folder = await createRunStore(createFileBlobs(runsDir), 'bench').openRun('large')
  const prompt = await folder.putPrompt([{ role: 'user', content: 'Solve it.' }])
  const place = await folder.reserveAnswer('a')
  const at = '2026-01-01T00:00:00.000Z'
  await place.put({
    key: 'a',
    question: { item: 'task-0', sample: 0, round: 1, test_pair: null, previous: null },
    sent: { prompt, parameters: {} },
    asked_at: at,
    answered_at: at,
    time_seconds: 2,
    response: { choices: [{ message: { content: text }, finish_reason: 'stop' }] },
    rejected: null,
    usage: noUsage,
    cost_usd: 0,
    ledger_request: 'l',
    request_id: null,
  })
}

/** @returns the milliseconds from each key to the frame that shows the next text */
async function measureKeys(page: Page): Promise<number[]> {
  await page.evaluate((selector) => {
    const times: number[] = []
    let pressedMs = NaN
    let shown = document.querySelector(selector)?.textContent
    document.addEventListener('keydown', ({ timeStamp }) => (pressedMs = timeStamp), { capture: true })
    new MutationObserver(() => {
      const now = document.querySelector(selector)?.textContent
      if (now === undefined || now === shown) return
      shown = now
      const since = pressedMs
      requestAnimationFrame(() => setTimeout(() => times.push(performance.now() - since)))
    }).observe(document.body, { childList: true, subtree: true, characterData: true })
    Object.assign(window, { times })
  }, title)
  const readTimes = () => page.evaluate(() => (window as unknown as { times: number[] }).times)
  for (let count = 1; count <= labels; count += 1) {
    await page.waitForTimeout(readMs)
    await page.keyboard.press(String(1 + (count % 4)))
    await page.waitForFunction((wanted) => (window as unknown as { times: number[] }).times.length >= wanted, count)
  }
  return readTimes()
}

const dataDir = await mkdtemp(join(tmpdir(), 'arcloom-annotate-'))
const loadBefore = loadavg()[0] ?? 0
await putLargeRun(join(dataDir, 'runs'), { runId: 'large', size: 2_500, samples: 4, side: 12, seed: 1, complete: true })
await putAnswer(join(dataDir, 'runs'))
const server = await servePageAlone(root, dataDir)
const browser = await openBrowser()
try {
  const queue = `${server.url}/api/labels/queue?runs=large&person=bench`
  for (;;) {
    const { is_reading: isReading } = (await (await fetch(queue)).json()) as { is_reading: boolean }
    if (!isReading) break
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  await context.addInitScript(() => localStorage.setItem('arcloom.person', 'bench'))
  const page = await context.newPage()
  await page.goto(`${server.url}/annotate?runs=large`)
  await page.locator(title).waitFor()
  const times = await measureKeys(page)
  const waits = await measureWaits(queue, 60)
  const figures: Figure[] = [
    { name: `key to next text, p50 of ${labels}`, value: quantile(times, 0.5), unit: 'ms' },
    { name: `key to next text, p95 of ${labels}`, value: quantile(times, 0.95), unit: 'ms' },
    { name: 'key to next text, longest', value: Math.max(...times), unit: 'ms' },
    { name: 'queue of 10,000 samples, API, p95', value: quantile(waits, 0.95), unit: 'ms', goal: '< 100' },
  ]
  const loads = [loadBefore, loadavg()[0] ?? 0].map((average) => average.toFixed(1)).join(' to ')
  console.log(`a key ${readMs} ms after each text, load average ${loads}\n\n${renderFigures(figures)}`)
} finally {
  await browser.close()
  await server.close()
  await rm(dataDir, { recursive: true })
}
