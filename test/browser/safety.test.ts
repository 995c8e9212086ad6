import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, expect, test } from '@jest/globals'
import type { Locator, Page } from 'playwright-core'
import { createRunStore } from '../../src/adapters/stores/create-run-store.ts'
import { createFileBlobs } from '../../src/adapters/stores/file-blobs.ts'
import { createPass } from '../../src/api/guards/admit-bearer.ts'
import { hostileTexts as attacks, hostileName, openAllOf, putHostileRun } from '../support/hostile-run.ts'
import { describeInBrowser, keepPage } from '../support/keep-page.ts'
import { expectHarmless } from './expect-harmless.ts'

const name = hostileName
const pair = { input: [[1]], output: [[2]] }
const task = { train: [pair], test: [{ input: [[3]], output: [[4]] }] }

describeInBrowser('text that others wrote', () => {
  const { served, visitors } = keepPage({ plain: task, [name]: task })
  beforeAll(async () => {
    await mkdir(served.dataDir)
  })

  async function showTraces(page: Page): Promise<Locator> {
    await page.getByRole('tab', { name: /^Traces/ }).click()
    return page.locator('.task-traces-TraceItem-trace')
  }

  test('in traces and names is shown as text', async () => {
    const traces = attacks.map((text, index) => ({
      trace_id: `${index}${text}`,
      task_id: 'plain',
      username: `${name} ${index}`,
      text,
      score: index,
      timestamp: index,
      voters: { [name]: 1 },
      run_id: text,
    }))
    await writeFile(join(served.dataDir, 'traces_store.json'), JSON.stringify({ plain: traces }))
    const page = await visitors.visit(`${served.url}/tasks/plain`)
    const shown = await showTraces(page)
    await shown.nth(attacks.length - 1).waitFor()
    expect(await shown.count()).toBe(attacks.length)
    await expectHarmless(page)
    // Every link leads to a page, whether of this site or another.
    const links = await shown
      .locator('a')
      .evaluateAll((found) => found.map((link) => (link as HTMLAnchorElement).protocol))
    expect(links.filter((protocol) => !['http:', 'https:', 'mailto:'].includes(protocol))).toEqual([])
  })

  test('in task ids, the address and a search is shown as text', async () => {
    const page = await visitors.visit(`${served.url}/?search=${encodeURIComponent('<img src=x onerror=alert(21)>')}`)
    await page.locator('main').waitFor()
    await expectHarmless(page)
    for (const id of [name, '<script>alert(22)</script>', 'javascript:alert(23)']) {
      await page.goto(`${served.url}/tasks/${encodeURIComponent(id)}?steps=${encodeURIComponent(name)}`)
      await page.locator('main').waitFor()
      await page.waitForLoadState('networkidle')
      await expectHarmless(page)
    }
    await page.goto(`${served.url}/${encodeURIComponent(name)}`)
    await page.getByText('There is no such page').waitFor()
    await expectHarmless(page)
  })

  test('in versions, by signers, is shown as text', async () => {
    const version = {
      task_id: 'plain',
      version: 1,
      train: [{ input: [[2]], output: [[1]] }],
      test: [{ input: [[3]], output: [[4]] }],
    }
    const swapped = { ...version, signed_by: [name, ...attacks.map((text) => text.replaceAll('\n', ' '))] }
    await writeFile(join(served.dataDir, 'dataset.json'), JSON.stringify([swapped]))
    const page = await visitors.visit(`${served.url}/tasks/plain?version=1`)
    await page.getByRole('grid', { name: /^Your output/ }).waitFor()
    await expectHarmless(page)
  })

  test('in prompts, answers, reasoning, programs and errors is shown as text', async () => {
    await putHostileRun(createRunStore(createFileBlobs(join(served.dataDir, 'runs')), 'test'))
    const page = await visitors.visit(`${served.url}/runs/hostile/samples/plain/0?expected=shown`)
    await page.getByRole('region', { name: 'Program' }).waitFor()
    await openAllOf(page)
    await expectHarmless(page)
    expect(await page.locator('main pre a, main pre img').count()).toBe(0)
  })

  test('could not run even if it got through: the policy forbids it', async () => {
    const page = await visitors.visit(served.url)
    const ran = await page.evaluate(async () => {
      const done: string[] = []
      Object.assign(window, { ran: (how: string) => done.push(how) })
      document.body.insertAdjacentHTML('beforeend', '<img src=x onerror="ran(\'handler\')">')
      const script = document.createElement('script')
      script.textContent = "ran('script')"
      document.body.append(script)
      await new Promise((resolve) => {
        const outside = new Image()
        outside.addEventListener('error', resolve)
        outside.src = 'http://127.0.0.1:9/x.png'
      })
      return done
    })
    expect(ran).toEqual([])
    const complaints = await visitors.leave()
    expect(complaints.length).toBeGreaterThan(0)
    for (const complaint of complaints) expect(complaint).toMatch(/Content Security Policy/i)
  })
})

describeInBrowser('a page served to others', () => {
  const pass = createPass(0)
  const { served, visitors } = keepPage({ plain: task }, { pass })

  test('removes the token from the address, hides it from scripts, and works', async () => {
    const page = await visitors.visit(`${served.url}/tasks/plain?token=${pass.token}`)
    await page.getByRole('grid', { name: /^Your output/ }).waitFor()
    await page.waitForURL(`${served.url}/tasks/plain`)
    expect(await page.evaluate(() => document.cookie)).toBe('')
    await page.goto(served.url)
    await page.locator('.gallery-GalleryPage-card').first().waitFor()
    await page.goBack()
    await page.waitForURL(({ search }) => !search.includes('token'))
  })

  test('opens from a link on another site', async () => {
    const page = await visitors.visit('about:blank')
    await page.route('http://mail.example/', (route) =>
      route.fulfill({ contentType: 'text/html', body: `<a href="${served.url}/?token=${pass.token}">The page</a>` }),
    )
    await page.goto('http://mail.example/')
    await page.getByRole('link').click()
    await page.locator('.gallery-GalleryPage-card').first().waitFor()
    await page.waitForURL(`${served.url}/`)
  })

  test('says what is needed without a token, and accepts no writes from other sites', async () => {
    const page = await visitors.visit(`${served.url}/tasks/plain`)
    await page.getByRole('heading', { name: 'A token is needed' }).waitFor()
    expect(await page.locator('script').count()).toBe(0)
  })
})
