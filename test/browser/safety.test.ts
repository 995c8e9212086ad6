import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, expect, test } from '@jest/globals'
import type { Locator, Page } from 'playwright-core'
import { createRunStore } from '../../src/adapters/stores/create-run-store.ts'
import { createFileBlobs } from '../../src/adapters/stores/file-blobs.ts'
import { createPass } from '../../src/api/admit-bearer.ts'
import { describeInBrowser, keepPage } from '../support/keep-page.ts'
import { recordRun } from '../support/record-run.ts'

const attacks = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(2)>',
  '<svg/onload=alert(3)>',
  '<iframe srcdoc="<script>alert(4)</script>"></iframe>',
  '[a](javascript:alert(5)) [b](JaVaScRiPt:alert(6)) [c](data:text/html,<script>alert(7)</script>) <javascript:alert(8)>',
  '![x](x"onerror="alert(9)) ![y](javascript:alert(10))',
  '[d]: javascript:alert(11)\n\n[d]',
  '</div></main><script src=/api/tasks></script>',
  '<style>body{display:none}</style><meta http-equiv=refresh content="0;url=//evil.example">',
  '&lt;script&gt;alert(12)&lt;/script&gt; `<script>alert(13)</script>`',
  '<a href="javascript:alert(14)" autofocus onfocus=alert(15)>x</a><details open ontoggle=alert(16)>',
  '"><script>alert(17)</script> {{constructor.constructor("alert(18)")()}} ${alert(19)}',
]
const name = '<img src=x onerror=alert(20)>'
const pair = { input: [[1]], output: [[2]] }
const task = { train: [pair], test: [{ input: [[3]], output: [[4]] }] }

describeInBrowser('text that others wrote', () => {
  const { served, visitors } = keepPage({ plain: task, [name]: task })
  beforeAll(async () => {
    await mkdir(served.dataDir)
  })

  /** Only the page's own scripts, no event handlers, no addresses that run code, no frames. */
  async function expectHarmless(page: Page): Promise<void> {
    const found = await page.evaluate(() => {
      const all = [...document.querySelectorAll('*')]
      const attributes = all.flatMap((element) => [...element.attributes].map(({ name, value }) => `${name}=${value}`))
      return {
        scripts: [...document.scripts]
          .map(({ src }) => new URL(src).pathname)
          .filter((path) => !path.startsWith('/assets/')),
        handlers: attributes.filter((attribute) => /^on/i.test(attribute)),
        addresses: attributes.filter((attribute) =>
          /^(href|src|action)=\s*(javascript|data|vbscript):/i.test(attribute),
        ),
        frames: document.querySelectorAll('iframe, object, embed, base, main style, main meta').length,
      }
    })
    expect(found).toEqual({ scripts: [], handlers: [], addresses: [], frames: 0 })
  }

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
    const text = attacks.join('\n\n')
    const runs = createRunStore(createFileBlobs(join(served.dataDir, 'runs')), 'test')
    const folder = await recordRun(runs, {
      name: 'hostile',
      recipe: 'code',
      tasks: [{ taskId: 'plain', version: 0, dataset: name, split: name, ...task }],
      say: () => [
        {
          texts: [`${text}\n\n\`\`\`python\ndef solve(g):\n    # ${attacks[0]}\n    return '${name}'\n\`\`\``],
          reasoning: text,
        },
      ],
    })
    const record = await folder.findRecord('plain')
    const [sample] = record?.samples ?? []
    const [round] = sample?.rounds ?? []
    if (!record || !sample || !round?.run) throw new Error('nothing was recorded')
    const pairs = round.run.pairs.map((pair) => ({
      ...pair,
      verdict: 'error' as const,
      error_type: name,
      message: text,
      line: 2,
    }))
    const run = { ...round.run, pairs, printed: text, function: name }
    await folder.putRecord({ ...record, samples: [{ ...sample, rounds: [{ ...round, run }] }] })
    const page = await visitors.visit(`${served.url}/runs/hostile/samples/plain/0?expected=shown`)
    await page.getByRole('region', { name: 'Program' }).waitFor()
    const closed = page.locator('details:not([open]) > summary')
    while ((await closed.count()) > 0) await closed.first().click()
    await page.getByRole('region', { name: 'Answer' }).waitFor()
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
