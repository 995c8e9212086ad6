import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Browser, Page } from 'playwright-core'
import { quantile } from '../support/quantile.ts'

const viewport = { width: 1280, height: 800 }
const longMs = 50

interface Visit {
  readonly paintMs: number
  /** Until the main content is drawn and usable. */
  readonly shownMs: number
}

/** @param selector of the element to wait for */
export function measureVisit(browser: Browser, url: string, selector: string): Promise<Visit> {
  return withPage(browser, async (page) => {
    await page.addInitScript((wanted: string) => {
      const watcher = new MutationObserver(() => {
        if (document.querySelector(wanted) === null) return
        watcher.disconnect()
        // After the frame that shows it.
        requestAnimationFrame(() => setTimeout(() => performance.mark('shown')))
      })
      watcher.observe(document, { childList: true, subtree: true })
    }, selector)
    await page.goto(url)
    await page.waitForFunction(() => performance.getEntriesByName('shown').length > 0)
    return page.evaluate(() => ({
      paintMs: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN,
      shownMs: performance.getEntriesByName('shown')[0]?.startTime ?? NaN,
    }))
  })
}

interface Scroll {
  readonly frames: number
  readonly perSecond: number
  /** Frames that took more than 50 ms. */
  readonly slow: number
  readonly longestMs: number
  /** Processor time of the page's own thread, per frame. */
  readonly workMs: number
}

/** Scrolls through all tasks, a third of a screen per frame. */
export function measureGallery(browser: Browser, url: string): Promise<Scroll> {
  return withPage(browser, async (page) => {
    await page.goto(url)
    await page.locator('.gallery-GalleryPage-card svg path').first().waitFor()
    return measureScroll(page, { selector: 'html', pixels: viewport.height / 3 })
  })
}

/** Scrolls the matrix of a run, four rows a frame, for at most 300 frames. @param cell the selector of a cell */
export function measureMatrix(browser: Browser, url: string, cell: string): Promise<Scroll> {
  return withPage(browser, async (page) => {
    await page.goto(url)
    await page.locator(cell).first().waitFor()
    return measureScroll(page, { selector: ':has(> [role=grid])', pixels: 120 })
  })
}

/** @param pixels how far each frame scrolls what the selector names */
async function measureScroll(page: Page, { selector, pixels }: { selector: string; pixels: number }): Promise<Scroll> {
  const readWork = await openWorkClock(page)
  const workBefore = await readWork()
  const times = await page.evaluate(
    ([scroller, step, maxFrames]) =>
      new Promise<number[]>((resolve, reject) => {
        const element = document.querySelector(scroller)
        if (!element) return reject(new Error(`There is no ${scroller} to scroll.`))
        const gaps: number[] = []
        let before = performance.now()
        const scroll = (now: number) => {
          gaps.push(now - before)
          before = now
          const remaining = element.scrollHeight - element.clientHeight - element.scrollTop
          if (remaining < 1 || gaps.length > maxFrames) return resolve(gaps.slice(1))
          element.scrollTop += step
          requestAnimationFrame(scroll)
        }
        requestAnimationFrame(scroll)
      }),
    [selector, pixels, 300] as const,
  )
  return {
    frames: times.length,
    perSecond: (1000 * times.length) / times.reduce((sum, time) => sum + time, 0),
    slow: times.filter((time) => time > longMs).length,
    longestMs: Math.max(...times),
    workMs: ((await readWork()) - workBefore) / times.length,
  }
}

/** @returns the processor time of the page's own thread so far, in milliseconds: what else the machine does is not in it */
async function openWorkClock(page: Page): Promise<() => Promise<number>> {
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
  return async () => {
    const { metrics } = await session.send('Performance.getMetrics')
    return 1000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? NaN)
  }
}

interface Painting {
  readonly framesPerSecond: number
  /** On the page's main thread, for one pointer move. */
  readonly workMs: number
}

/** Drags over a 30×30 grid, one cell per move, as fast as the browser accepts them. */
export function measurePainting(browser: Browser, url: string): Promise<Painting> {
  return withPage(browser, async (page) => {
    await page.goto(url)
    for (const size of ['Rows', 'Columns']) {
      await page.getByLabel(size, { exact: true }).fill('30')
      await page.keyboard.press('Enter')
    }
    const grid = page.getByRole('grid', { name: /^Your output/ })
    await grid.getByRole('gridcell').nth(899).waitFor()
    await page.getByRole('button', { name: 'red 2', exact: true }).click()
    const box = await grid.boundingBox()
    if (!box) throw new Error('the editor is not shown')
    const readWork = await openWorkClock(page)
    const place = (index: number) => {
      const row = Math.floor(index / 30)
      const column = row % 2 === 0 ? index % 30 : 29 - (index % 30)
      return [box.x + ((column + 0.5) / 30) * box.width, box.y + ((row + 0.5) / 30) * box.height] as const
    }
    await page.mouse.move(...place(0))
    await page.mouse.down()
    await page.evaluate(() => {
      const counter = { frames: 0 }
      Object.assign(window, { counter })
      const count = () => {
        counter.frames += 1
        requestAnimationFrame(count)
      }
      requestAnimationFrame(count)
    })
    const moves = 300
    const [workBefore, startedMs] = [await readWork(), performance.now()]
    for (let index = 1; index <= moves; index += 1) await page.mouse.move(...place(index))
    const seconds = (performance.now() - startedMs) / 1000
    const frames = await page.evaluate(() => (window as unknown as { counter: { frames: number } }).counter.frames)
    const workMs = ((await readWork()) - workBefore) / moves
    await page.mouse.up()
    return { framesPerSecond: frames / seconds, workMs }
  })
}

interface ApiTimes {
  readonly keys: readonly string[]
  readonly p50: number
  readonly p95: number
  readonly unchangedP95: number
}

/** Requests the list of tasks repeatedly; the first response waits for the files to be read, and does not count. */
export async function measureApi(url: string): Promise<ApiTimes> {
  const first = await fetch(url)
  const { tasks } = (await first.json()) as { tasks: { key: string }[] }
  const tag = first.headers.get('etag') ?? ''
  const whole = await measureWaits(url, 60)
  const unchanged = await measureWaits(url, 60, { 'if-none-match': tag })
  return {
    keys: tasks.map(({ key }) => key),
    p50: quantile(whole, 0.5),
    p95: quantile(whole, 0.95),
    unchangedP95: quantile(unchanged, 0.95),
  }
}

/** Asks one time after the other. @returns the milliseconds of each, with its whole body */
export async function measureWaits(
  url: string,
  times: number,
  headers: Record<string, string> = {},
): Promise<readonly number[]> {
  const waits: number[] = []
  while (waits.length < times) {
    const startedMs = performance.now()
    await (await fetch(url, { headers })).arrayBuffer()
    waits.push(performance.now() - startedMs)
  }
  return waits
}

/** Bytes of all scripts in a folder, each as gzip makes it. */
export async function measureFolder(folder: string): Promise<number> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.js'))
  const sizes = await Promise.all(names.map(async (name) => gzipSync(await readFile(join(folder, name))).byteLength))
  return sizes.reduce((sum, size) => sum + size, 0)
}

/** Bytes of all scripts that the page names, as gzip makes them. */
export async function measureScript(url: string): Promise<number> {
  const html = await (await fetch(url)).text()
  const paths = [...html.matchAll(/(?:src|href)="([^"]+\.js)"/g)].map(([, path = '']) => path)
  const sizes = await Promise.all(
    paths.map(async (path) => gzipSync(Buffer.from(await (await fetch(url + path)).arrayBuffer())).byteLength),
  )
  return sizes.reduce((sum, size) => sum + size, 0)
}

async function withPage<Value>(browser: Browser, work: (page: Page) => Promise<Value>): Promise<Value> {
  const context = await browser.newContext({ viewport })
  try {
    return await work(await context.newPage())
  } finally {
    await context.close()
  }
}
