#!/usr/bin/env -S node --disable-warning=ExperimentalWarning
import { mkdtemp, rm } from 'node:fs/promises'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { chromiumPath, openBrowser } from '../../../test/support/open-browser.ts'
import { layTasks } from '../support/lay-tasks.ts'
import { median } from '../support/quantile.ts'
import { renderFigures, type Figure } from '../support/render-figures.ts'
import { servePageAlone } from '../support/serve-page-alone.ts'
import { measureApi, measureGallery, measurePainting, measureScript, measureVisit } from './measure-page.ts'

/*
 * How fast the page is: the server as a process of its own over 1,520 tasks (the official ones if they are installed, otherwise
 * our own repeated), the built page, and a real Chromium on the same machine.
 *
 * Each figure is the median over repetitions, each in a fresh browser, except where a whole distribution is measured. The machine
 * may be busy with other things: its load is shown with the figures.
 */

const root = fileURLToPath(new URL('../../..', import.meta.url))
const { values } = parseArgs({
  options: {
    /** A folder of datasets such as `data/datasets`. */
    shelf: { type: 'string', default: join(root, '../shared/arc') },
    repetitions: { type: 'string', default: '5' },
    json: { type: 'boolean', default: false },
  },
})
const repetitions = Number(values.repetitions)

async function measure(): Promise<{ tasks: number; figures: Figure[] }> {
  const dataDir = await mkdtemp(join(tmpdir(), 'arcloom-page-bench-'))
  const tasks = await layTasks({ shelf: values.shelf, own: join(root, 'data/tasks'), dataDir })
  const server = await servePageAlone(root, dataDir)
  const browser = await openBrowser()
  const repeat = async <Value>(work: () => Promise<Value>): Promise<Value[]> => {
    const measured: Value[] = []
    while (measured.length < repetitions) measured.push(await work())
    return measured
  }
  try {
    const api = await measureApi(`${server.url}/api/tasks`)
    const [first = ''] = api.keys
    const gallery = await repeat(() => measureVisit(browser, server.url, '.gallery-GalleryPage-card svg path'))
    const task = await repeat(() =>
      measureVisit(
        browser,
        `${server.url}/tasks/${encodeURIComponent(first)}`,
        '.editor-Editor-editor [role=gridcell]',
      ),
    )
    const scrolls = await repeat(() => measureGallery(browser, server.url))
    const paintings = await repeat(() => measurePainting(browser, `${server.url}/tasks/${encodeURIComponent(first)}`))
    const ms = (name: string, times: readonly number[], goal?: string): Figure => ({
      name,
      value: median(times),
      unit: 'ms',
      ...(goal !== undefined && { goal }),
    })
    return {
      tasks,
      figures: [
        ms(
          'gallery: first paint',
          gallery.map(({ paintMs }) => paintMs),
          '< 1000',
        ),
        ms(
          'gallery: tasks shown and usable',
          gallery.map(({ shownMs }) => shownMs),
          '< 1000',
        ),
        ms(
          'task: first paint',
          task.map(({ paintMs }) => paintMs),
          '< 1000',
        ),
        ms(
          'task: editor shown and usable',
          task.map(({ shownMs }) => shownMs),
          '< 1000',
        ),
        { name: 'gallery scrolled: frames', value: median(scrolls.map(({ frames }) => frames)), unit: '' },
        { name: 'gallery scrolled: frames over 50 ms', value: median(scrolls.map(({ slow }) => slow)), unit: '' },
        ms(
          'gallery scrolled: longest frame',
          scrolls.map(({ longestMs }) => longestMs),
        ),
        { name: 'list API: p50', value: api.p50, unit: 'ms' },
        { name: 'list API: p95', value: api.p95, unit: 'ms', goal: '< 100' },
        { name: 'list API: unchanged (304), p95', value: api.unchangedP95, unit: 'ms' },
        {
          name: 'painting on 30×30',
          value: median(paintings.map(({ framesPerSecond }) => framesPerSecond)),
          unit: 'frames/s',
          goal: '60',
        },
        ms(
          'painting on 30×30: work per move',
          paintings.map(({ workMs }) => workMs),
        ),
        {
          name: 'JavaScript of the gallery, gzip',
          value: (await measureScript(server.url)) / 1000,
          unit: 'kB',
          goal: '<= 130',
        },
      ],
    }
  } finally {
    await browser.close()
    await server.close()
    await rm(dataDir, { recursive: true })
  }
}

if (chromiumPath === undefined) throw new Error('Chromium is missing; set CHROMIUM_PATH to one.')
const loadBefore = loadavg()[0] ?? 0
const { tasks, figures } = await measure()
const load = [loadBefore, loadavg()[0] ?? 0]
if (values.json) {
  console.log(JSON.stringify({ tasks, repetitions, load, figures }, null, 2))
} else {
  const loads = load.map((average) => average.toFixed(1)).join(' to ')
  console.log(`${tasks} tasks, ${repetitions} repetitions, load average ${loads}\n\n${renderFigures(figures)}`)
}
