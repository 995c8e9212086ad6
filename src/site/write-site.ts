import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { makeNewFolder } from '../adapters/files/make-new-folder.ts'
import { orWhenMissing } from '../adapters/files/or-when-missing.ts'
import type { RunFolder } from '../adapters/stores/run-store.ts'
import type { MatrixDocument, RunPageDocument, RunsDocument, SampleDocument } from '../api/documents.ts'
import type { Library } from '../api/library.ts'
import { mapConcurrently } from '../domain/map-concurrently.ts'
import { isOpen } from '../domain/runs/run.ts'
import { comparedAddress, nameSiteFile, siteDataFolder, type SiteDocuments } from '../domain/site/site-files.ts'
import { renderStoredComparedRun } from '../domain/site/stored-compared-run.ts'
import { readComparedRun } from '../runs/read-compared-run.ts'
import { createAskedApp } from './ask-app.ts'
import { packDocuments } from './pack-documents.ts'
import { renderIndex } from './render-index.ts'

/** Items in memory at once: packing one uses another thread. */
const itemsAtOnce = 4

export interface SiteRequest {
  readonly runs: readonly RunFolder[]
  readonly library: Library
  /** Where `npm run build` puts the page of a site. */
  readonly pageFolder: string
  /** An icon for the browser's tab. */
  readonly icon: string
  readonly withExpected: boolean
  /** As `createMachineHiding` returns it. */
  readonly hide: (document: unknown) => unknown
  /** Called after each item of each run. */
  readonly onItem: () => void
  readonly signal: AbortSignal
}

/** The page of a site has not been built. */
export class SitePageMissing extends Error {
  override readonly name = 'SitePageMissing'
}

/**
 * Writes the pages about runs as a folder that opens from disk. It appears whole or not at all, and never over anything.
 *
 * Only a few items are in memory at once, however large the runs are.
 *
 * @returns false when the name is taken
 * @throws {SitePageMissing}
 */
export async function writeSite(output: string, request: SiteRequest): Promise<boolean> {
  const page = await readPage(request)
  return makeNewFolder(output, async (folder) => {
    const put = async (file: string, text: string | Uint8Array) => {
      request.signal.throwIfAborted()
      const path = join(folder, file)
      await mkdir(dirname(path), { recursive: true })
      await writeFile(path, text, { flag: 'wx', flush: true })
    }
    for (const [file, bytes] of page) await put(file, bytes)
    const openRuns = await writeRuns(request, put)
    const names = request.runs.map(({ runId }) => runId)
    const facts = { written_at: new Date().toISOString(), has_expected: request.withExpected, open_runs: openRuns }
    await put('index.html', renderIndex(`${names.join(', ')} · Arcloom`, facts))
    // GitHub Pages would leave out what begins with an underscore.
    await put('.nojekyll', '')
  })
}

async function readPage({ pageFolder, icon }: SiteRequest): Promise<Map<string, Uint8Array>> {
  const files = { 'page.js': join(pageFolder, 'page.js'), 'page.css': join(pageFolder, 'page.css'), 'icon.svg': icon }
  const page = new Map<string, Uint8Array>()
  for (const [name, path] of Object.entries(files)) {
    const bytes = await orWhenMissing(readFile(path), undefined)
    if (bytes === undefined) {
      throw new SitePageMissing(
        `The page of a site is not built: ${path} is missing. Build it with scripts/setup or npm run build.`,
      )
    }
    page.set(name, new Uint8Array(bytes))
  }
  return page
}

type Put = (file: string, text: string) => Promise<void>

/** @returns the ids of runs that have not ended */
async function writeRuns(
  { runs, library, withExpected, hide, onItem, signal }: SiteRequest,
  put: Put,
): Promise<string[]> {
  const names = runs.map(({ runId }) => runId)
  const app = createAskedApp(narrow(library, names))
  const putDocuments = async (documents: SiteDocuments) => {
    const [address = ''] = Object.keys(documents)
    const file = nameSiteFile(address)
    if (file === undefined) throw new RangeError(`a site has no file for ${address}`)
    const shown = Object.entries(documents).map(([name, document]) => [name, hide(document)])
    await put(`${siteDataFolder}/${file}`, await packDocuments(file, Object.fromEntries(shown) as SiteDocuments))
  }

  const list = await app.needWhole<RunsDocument>('/api/runs', (document) =>
    document.runs.every(({ numbers }) => numbers !== null),
  )
  await putDocuments({ '/api/runs': { ...list, damaged: [] } satisfies RunsDocument })
  await putDocuments({ '/api/abilities': await app.need('/api/abilities') })
  for (const folder of runs) {
    const below = `/api/runs/${encodeURIComponent(folder.runId)}`
    const run = await app.needWhole<RunPageDocument>(below, ({ document }) => document !== null)
    // A report shows expected outputs, and says nothing that the page does not.
    await putDocuments({ [below]: { ...run, has_report: false } satisfies RunPageDocument })
    const matrix = await app.needWhole<MatrixDocument>(`${below}/matrix`, ({ is_reading }) => !is_reading)
    await putDocuments({ [`${below}/matrix`]: matrix })
    const compared = renderStoredComparedRun(await readComparedRun(folder))
    await putDocuments({ [comparedAddress(folder.runId)]: compared })
    await mapConcurrently(await folder.listItems(), itemsAtOnce, async ({ key }) => {
      signal.throwIfAborted()
      const item = encodeURIComponent(key)
      const samples = await listSamples((index) => app.find(`${below}/samples/${item}/${index}`))
      await putDocuments({
        [`${below}/attempts/${item}`]: await app.need(`${below}/attempts/${item}`),
        ...Object.fromEntries(samples.map((sample, index) => [`${below}/samples/${item}/${index}`, sample])),
      })
      const expected = `${below}/expected/${item}`
      if (withExpected) await putDocuments({ [expected]: await app.need(expected) })
      onItem()
    })
  }
  return list.runs.filter(({ state }) => isOpen(state)).map(({ run_id }) => run_id)
}

/** All samples of an item; none if it is not recorded. */
async function listSamples(find: (index: number) => Promise<unknown>): Promise<SampleDocument[]> {
  const samples: SampleDocument[] = []
  let count = 1
  while (samples.length < count) {
    const sample = (await find(samples.length)) as SampleDocument | undefined // Of the same build.
    if (sample === undefined) break
    samples.push(sample)
    count = sample.samples
  }
  return samples
}

/** Only these runs, and no tasks: in a site, nothing leads to a task's page. */
function narrow(library: Library, names: readonly string[]): Library {
  return {
    ...library,
    catalogue: { read: () => Promise.resolve({ tasks: [], faults: [], fingerprint: '' }) },
    dataset: { ...library.dataset, read: () => Promise.resolve([]) },
    runs: { ...library.runs, listRuns: () => Promise.resolve([...names]) },
    findTemporalUi: () => undefined,
    readBottleneck: () => Promise.resolve(undefined),
  }
}
