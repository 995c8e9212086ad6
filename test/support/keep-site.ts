import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { afterAll, afterEach, beforeAll, expect } from '@jest/globals'
import { createRunStore } from '../../src/adapters/stores/create-run-store.ts'
import { createFileBlobs } from '../../src/adapters/stores/file-blobs.ts'
import type { RunStore } from '../../src/adapters/stores/run-store.ts'
import { openLibrary } from '../../src/api/open-library.ts'
import { createMachineHiding, type MachineFacts } from '../../src/site/hide-machine.ts'
import { writeSite } from '../../src/site/write-site.ts'
import { buildPage } from './serve-page.ts'
import { openVisitors, type Visitors } from './visit-page.ts'

interface KeptSite {
  readonly visitors: Visitors
  /** A written site of these runs. @returns its folder */
  write(
    runs: readonly string[],
    options?: { readonly withExpected?: boolean; readonly facts?: MachineFacts },
  ): Promise<string>
}

const nothingKnown: MachineFacts = { paths: [], addresses: [], variables: [] }

/**
 * For a `describe`: the page of a site, built once, and a browser. What the browser complains of fails the test in which it does.
 *
 * @param fill puts runs into the store
 */
export function keepSite(fill: (runs: RunStore) => Promise<void>): KeptSite {
  const kept = { visitors: {} as Visitors, folder: '' }
  let sites = 0
  beforeAll(async () => {
    kept.folder = await mkdtemp(join(tmpdir(), 'arcloom-site-'))
    const [visitors] = await Promise.all([
      openVisitors(),
      buildPage(join(kept.folder, 'page'), 'web/vite.site.config.ts'),
    ])
    Object.assign(kept.visitors, visitors)
    await fill(createRunStore(createFileBlobs(join(kept.folder, 'data/runs')), 'test'))
  })
  afterEach(async () => {
    expect(await kept.visitors.leave()).toEqual([])
  })
  afterAll(async () => {
    await kept.visitors.close()
    await rm(kept.folder, { recursive: true })
  })
  return {
    visitors: kept.visitors,
    async write(names, { withExpected = true, facts = nothingKnown } = {}) {
      const library = openLibrary({ project: kept.folder, data: join(kept.folder, 'data') })
      const output = join(kept.folder, `site-${(sites += 1)}`)
      const written = await writeSite(output, {
        runs: await Promise.all(names.map((name) => library.runs.openRun(name))),
        library,
        pageFolder: join(kept.folder, 'page'),
        icon: fileURLToPath(new URL('../../web/public/icon.svg', import.meta.url)),
        withExpected,
        hide: createMachineHiding(facts),
        onItem: () => {},
        signal: new AbortController().signal,
      })
      expect(written).toBe(true)
      return output
    },
  }
}

/** The address of a site's page opened from disk. @param route such as `/runs/one` */
export function addressOnDisk(site: string, route = ''): string {
  return `${pathToFileURL(join(site, 'index.html')).href}${route && `#${route}`}`
}
