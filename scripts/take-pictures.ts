#!/usr/bin/env -S node --disable-warning=ExperimentalWarning
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { openBrowser } from '../test/support/open-browser.ts'

/*
 * Takes the pictures for the documents from a running page with the shipped tasks, for example after `scripts/demo`. Look at them
 * before committing.
 */

const { values } = parseArgs({
  options: {
    /** The page's address. */
    url: { type: 'string', default: 'http://127.0.0.1:8321' },
    /** A run over the shipped tasks. */
    run: { type: 'string', default: 'demo' },
    /** Another one, to compare it with. */
    other: { type: 'string', default: 'demo-2' },
    /** Takes only this one. */
    only: { type: 'string' },
    out: { type: 'string', default: fileURLToPath(new URL('../docs/images', import.meta.url)) },
  },
})

/** What is needed of an element: scripts do not load the DOM's types. */
interface Scrollable {
  scrollIntoView(where: { readonly block: 'start' | 'end' }): void
}

interface Picture {
  readonly name: string
  readonly address: string
  readonly as: BrowserContextOptions
  /** What the user did before the picture was taken. */
  readonly pose?: (page: Page) => Promise<void>
}

const desk = { viewport: { width: 1280, height: 800 } } as const
const phone = { viewport: { width: 390, height: 800 }, isMobile: true, hasTouch: true, deviceScaleFactor: 1.5 } as const

const pictures: readonly Picture[] = [
  { name: 'gallery', address: '/', as: { ...desk, colorScheme: 'light' } },
  {
    name: 'task',
    address: '/tasks/ponds-fill-with-water',
    as: { ...desk, colorScheme: 'light' },
    pose: async (page) => {
      await page.getByRole('button', { name: 'Copy from input', exact: true }).click()
      await use(page, 'Fill', 'light blue 8', [
        [4, 1],
        [1, 16],
      ])
    },
  },
  {
    name: 'sample-dark',
    address: `/tasks/folded-along-the-fence?run=${values.run}&sample=0`,
    as: { ...desk, colorScheme: 'dark' },
    pose: async (page) => {
      await page.getByRole('button', { name: 'Compare with the expected output' }).click()
      await page.waitForLoadState('networkidle')
    },
  },
  { name: 'runs', address: '/runs', as: { ...desk, viewport: { width: 1280, height: 560 }, colorScheme: 'light' } },
  { name: 'run', address: `/runs/${values.run}`, as: { ...desk, colorScheme: 'light' } },
  {
    name: 'sample',
    address: `/runs/${values.run}/samples/folded-along-the-fence/0?expected=shown`,
    as: { ...desk, colorScheme: 'light' },
    pose: (page) => page.getByText('cells differ from the expected output').first().waitFor(),
  },
  {
    name: 'compare',
    address: `/compare?runs=${values.run},${values.other}`,
    as: { ...desk, colorScheme: 'light' },
    pose: (page) => page.getByRole('heading', { name: 'Differences, task by task' }).waitFor(),
  },
  {
    name: 'start',
    address: '/runs/new?model=BASELINE&best_of=4&rounds=2&max_tokens=2000',
    as: { ...desk, colorScheme: 'light' },
    pose: async (page) => {
      const start = page.getByRole('button', { name: 'Start', exact: true })
      await start.and(page.locator(':enabled')).waitFor()
    },
  },
  {
    name: 'program',
    address: `/tasks/folded-along-the-fence?run=${values.run}&sample=0&program=sample`,
    as: { ...desk, colorScheme: 'light' },
    pose: async (page) => {
      await page.getByRole('textbox', { name: 'Program' }).focus()
      await page.keyboard.press('Control+Enter')
      await page.getByRole('button', { name: 'Run', exact: true }).waitFor()
      await page.waitForLoadState('networkidle')
      await page
        .getByRole('tab', { name: 'Program' })
        .evaluate((tab: Scrollable) => tab.scrollIntoView({ block: 'start' }))
    },
  },
  {
    name: 'discuss',
    address: '/tasks/lamps-shine-to-the-right/discuss',
    as: { ...desk, colorScheme: 'light' },
    pose: async (page) => {
      await page.getByRole('combobox', { name: 'Model' }).selectOption('BASELINE')
      await page.getByRole('textbox', { name: 'Your question' }).fill('What is the rule?')
      await page.keyboard.press('Control+Enter')
      await page.getByRole('button', { name: 'Keep as trace' }).waitFor()
      await page.getByRole('main').evaluate((main: Scrollable) => main.scrollIntoView({ block: 'start' }))
    },
  },
  {
    name: 'annotate',
    address: `/annotate?runs=${values.run}`,
    as: { ...desk, colorScheme: 'light' },
    pose: async (page) => {
      await page.getByRole('region', { name: 'Reasoning' }).waitFor()
      await page.waitForLoadState('networkidle')
    },
  },
  { name: 'gallery-phone', address: '/', as: { ...phone, colorScheme: 'dark' } },
  {
    name: 'task-phone',
    address: '/tasks/ponds-fill-with-water',
    as: { ...phone, colorScheme: 'light' },
    pose: async (page) => {
      await page.getByRole('button', { name: 'Copy from input', exact: true }).click()
      await page
        .locator('.task-Desk-testOutput')
        .evaluate((output: Scrollable) => output.scrollIntoView({ block: 'end' }))
    },
  },
]

/** Uses a tool with a symbol on cells, given by row and column. */
async function use(page: Page, tool: string, symbol: string, cells: readonly [number, number][]): Promise<void> {
  await page.getByRole('button', { name: symbol, exact: true }).click()
  await page.getByRole('button', { name: new RegExp(`^${tool}`) }).click()
  const grid = page.getByRole('grid', { name: /^Your output/ })
  for (const [row, column] of cells) await grid.getByRole('row').nth(row).getByRole('gridcell').nth(column).click()
}

async function take(browser: Browser, { name, address, as, pose }: Picture): Promise<void> {
  const context = await browser.newContext(as)
  const page = await context.newPage()
  // Some pages ask who one is.
  await page.addInitScript(() => localStorage.setItem('arcloom.person', 'ada'))
  await page.goto(values.url + address)
  await page.waitForLoadState('networkidle')
  await pose?.(page)
  await page.waitForTimeout(200)
  await page.screenshot({ path: `${values.out}/${name}.png` })
  await context.close()
}

const browser = await openBrowser()
try {
  for (const picture of pictures) {
    if (values.only === undefined || picture.name === values.only) await take(browser, picture)
  }
} finally {
  await browser.close()
}
