import { gzipSync } from 'node:zlib'
import type { Browser, Page } from 'playwright-core'
import { quantile } from './quantile.ts'

const viewport = { width: 1280, height: 800 }
const longMs = 50

interface Visit {
  readonly paintMs: number
  /** Until what the page is for stands there, drawn and able to be used. */
  readonly shownMs: number
}

/** @param selector of what is waited for */
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
  readonly slow: number
  readonly longestMs: number
}

/** Scrolls through all tasks, a screen's third a frame. */
export function measureGallery(browser: Browser, url: string): Promise<Scroll> {
  return withPage(browser, async (page) => {
    await page.goto(url)
    await page.locator('.gallery-GalleryPage-card svg path').first().waitFor()
    const times = await page.evaluate(
      () =>
        new Promise<number[]>((resolve) => {
          const gaps: number[] = []
          let before = performance.now()
          const step = (now: number) => {
            gaps.push(now - before)
            before = now
            const left = document.documentElement.scrollHeight - window.innerHeight - window.scrollY
            if (left < 1) return resolve(gaps.slice(1))
            window.scrollBy(0, window.innerHeight / 3)
            requestAnimationFrame(step)
          }
          requestAnimationFrame(step)
        }),
    )
    return { frames: times.length, slow: times.filter((time) => time > longMs).length, longestMs: Math.max(...times) }
  })
}

interface Painting {
  readonly framesPerSecond: number
  /** Of the page's own thread, for one move of the pointer. */
  readonly workMs: number
}

/** Drags over a grid of 30×30, a cell a move, as fast as the browser takes them. */
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
    const session = await page.context().newCDPSession(page)
    await session.send('Performance.enable')
    const readWork = async () => {
      const { metrics } = await session.send('Performance.getMetrics')
      return 1000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? NaN)
    }
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

/** Asks for the list of tasks one time after the other; the first answer waits for the files to be read, and does not count. */
export async function measureApi(url: string): Promise<ApiTimes> {
  const first = await fetch(url)
  const { tasks } = (await first.json()) as { tasks: { key: string }[] }
  const tag = first.headers.get('etag') ?? ''
  const take = async (headers: Record<string, string>) => {
    const times: number[] = []
    while (times.length < 60) {
      const startedMs = performance.now()
      await (await fetch(url, { headers })).arrayBuffer()
      times.push(performance.now() - startedMs)
    }
    return times
  }
  const whole = await take({})
  const unchanged = await take({ 'if-none-match': tag })
  return {
    keys: tasks.map(({ key }) => key),
    p50: quantile(whole, 0.5),
    p95: quantile(whole, 0.95),
    unchangedP95: quantile(unchanged, 0.95),
  }
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
