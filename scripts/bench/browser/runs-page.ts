#!/usr/bin/env -S node --disable-warning=ExperimentalWarning
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import type { Browser } from 'playwright-core'
import { chromiumPath, openBrowser } from '../../../test/support/open-browser.ts'
import { putLargeRun } from '../support/put-large-run.ts'
import { median, quantile } from '../support/quantile.ts'
import { renderFigures, type Figure } from '../support/render-figures.ts'
import { servePageAlone } from '../support/serve-page-alone.ts'
import { measureFolder, measureMatrix, measureVisit, measureWaits } from './measure-page.ts'

/*
 * How fast the pages for runs are: a run of 120 tasks × 84 samples and one of 10,000 × 4, then 20 runs and 200 runs of 400 tasks
 * × 2 each, every one complete, with grids of 12×12. The server is a process of its own; Chromium runs on the same machine.
 *
 * `first` is the first visit after the server started, when every record has yet to be read; `again` the median of later ones, each
 * in a browser that was never there.
 */

const root = fileURLToPath(new URL('../../..', import.meta.url))
const { values } = parseArgs({
  options: {
    repetitions: { type: 'string', default: '5' },
    json: { type: 'boolean', default: false },
  },
})
const repetitions = Number(values.repetitions)
const cell = '.matrix-MarksBlock-block'

async function withRuns<Value>(
  runs: readonly Omit<Parameters<typeof putLargeRun>[1], 'side' | 'complete'>[],
  work: (url: string, pid: number) => Promise<Value>,
): Promise<Value> {
  const dataDir = await mkdtemp(join(tmpdir(), 'arcloom-runs-page-'))
  try {
    for (const run of runs) await putLargeRun(join(dataDir, 'runs'), { ...run, side: 12, complete: true })
    const server = await servePageAlone(root, dataDir)
    try {
      return await work(server.url, server.pid)
    } finally {
      await server.close()
    }
  } finally {
    await rm(dataDir, { recursive: true })
  }
}

/** What a visitor of one large run waits for. */
function measureRun(browser: Browser, size: number, samples: number): Promise<Figure[]> {
  const name = `${size} × ${samples}`
  return withRuns([{ runId: 'large', size, samples, seed: 1 }], async (url) => {
    const address = `${url}/runs/large`
    const first = await measureVisit(browser, address, cell)
    await waitForMatrix(`${url}/api/runs/large/matrix`)
    const again = []
    while (again.length < repetitions) again.push(await measureVisit(browser, address, cell))
    const scrolls = []
    while (scrolls.length < repetitions) scrolls.push(await measureMatrix(browser, address, cell))
    const ms = (what: string, value: number, goal?: string): Figure => ({
      name: `${name}: ${what}`,
      value,
      unit: 'ms',
      ...(goal !== undefined && { goal }),
    })
    return [
      ms('first paint, first', first.paintMs, '< 1000'),
      ms('cells shown, first', first.shownMs),
      ms('first paint, again', median(again.map(({ paintMs }) => paintMs)), '< 1000'),
      ms('cells shown, again', median(again.map(({ shownMs }) => shownMs))),
      {
        name: `${name}: matrix scrolled`,
        value: median(scrolls.map(({ perSecond }) => perSecond)),
        unit: 'frames/s',
        goal: '60',
      },
      ms('matrix scrolled: processor time per frame', median(scrolls.map(({ workMs }) => workMs)), '< 16.7'),
      ms('matrix scrolled: longest frame', median(scrolls.map(({ longestMs }) => longestMs))),
    ]
  })
}

async function waitForMatrix(url: string): Promise<void> {
  for (;;) {
    const { is_reading: isReading } = (await (await fetch(url)).json()) as { is_reading: boolean }
    if (!isReading) return
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}

/** The list, once every run has been counted, and the memory of the server that serves it. */
function measureList(runs: number): Promise<Figure[]> {
  const all = Array.from({ length: runs }, (_, seed) => ({ runId: `run-${seed}`, size: 400, samples: 2, seed }))
  return withRuns(all, async (url, pid) => {
    await waitForNumbers(`${url}/api/runs`)
    const waits = await measureWaits(`${url}/api/runs`, 60)
    const status = await readFile(`/proc/${pid}/status`, 'utf8')
    const readMegabytes = (field: string) => Number(new RegExp(`${field}:\\s+(\\d+)`).exec(status)?.[1]) / 1024
    return [
      { name: `${runs} runs: list API, p50`, value: quantile(waits, 0.5), unit: 'ms' },
      { name: `${runs} runs: list API, p95`, value: quantile(waits, 0.95), unit: 'ms', goal: '< 100' },
      { name: `${runs} runs: memory of the server`, value: readMegabytes('VmRSS'), unit: 'MiB' },
      { name: `${runs} runs: memory of the server, most`, value: readMegabytes('VmHWM'), unit: 'MiB' },
    ]
  })
}

async function waitForNumbers(url: string): Promise<void> {
  for (;;) {
    const { runs } = (await (await fetch(url)).json()) as { runs: { numbers: unknown }[] }
    if (runs.every(({ numbers }) => numbers !== null)) return
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
}

if (chromiumPath === undefined) throw new Error('Chromium is missing; CHROMIUM_PATH names one.')
const loadBefore = loadavg()[0] ?? 0
const browser = await openBrowser()
const figures: Figure[] = []
try {
  for (const [size, samples] of [
    [120, 84],
    [10_000, 4],
  ] as const)
    figures.push(...(await measureRun(browser, size, samples)))
} finally {
  await browser.close()
}
for (const runs of [20, 200]) figures.push(...(await measureList(runs)))
const script = await measureFolder(join(root, 'web/dist/assets'))
figures.push({ name: 'JavaScript of all pages, gzip', value: script / 1000, unit: 'kB', goal: '<= 300' })
const load = [loadBefore, loadavg()[0] ?? 0]
if (values.json) {
  console.log(JSON.stringify({ repetitions, load, figures }, null, 2))
} else {
  const loads = load.map((average) => average.toFixed(1)).join(' to ')
  console.log(`${repetitions} repetitions, load average ${loads}\n\n${renderFigures(figures)}`)
}
