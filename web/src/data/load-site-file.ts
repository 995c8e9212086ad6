import { siteDataFolder, type SiteDocuments } from '../../../src/domain/site/site-files.ts'
import { ApiProblem } from './api-problem.ts'

/** Data files are scripts that call `arcloom.provide`: a page opened from disk may load nothing else. */
declare global {
  var arcloom: { readonly provide: (file: string, packed: string) => void } | undefined
}

/** Documents kept decoded: a file holds all samples of a task. */
const maxKept = 12

/** @returns a function that loads a data file of the site; the last few are kept */
export function createSiteFiles(): (file: string) => Promise<SiteDocuments> {
  const kept = new Map<string, Promise<SiteDocuments>>()
  const provided = new Map<string, string>()
  globalThis.arcloom = { provide: (file, packed) => void provided.set(file, packed) }

  async function load(file: string): Promise<SiteDocuments> {
    await runScript(file)
    const packed = provided.get(file)
    provided.delete(file)
    if (packed === undefined) throw new ApiProblem(0, 'damaged-file', `${siteDataFolder}/${file} is damaged.`)
    return JSON.parse(await unpack(packed)) as SiteDocuments // Written by the same build.
  }

  return (file) => {
    const documents = kept.get(file) ?? load(file)
    kept.delete(file)
    kept.set(file, documents)
    // It may be there the next time.
    documents.catch(() => kept.delete(file))
    for (const name of [...kept.keys()].slice(0, -maxKept)) kept.delete(name)
    return documents
  }
}

function runScript(file: string): Promise<void> {
  const script = document.createElement('script')
  script.src = `${siteDataFolder}/${file}`
  return new Promise((resolve, reject) => {
    script.addEventListener('load', () => resolve())
    script.addEventListener('error', () => {
      reject(new ApiProblem(404, 'not-in-site', `${siteDataFolder}/${file} is not in this site.`))
    })
    script.addEventListener('load', () => script.remove())
    script.addEventListener('error', () => script.remove())
    document.head.append(script)
  })
}

/** @param packed base64 of gzip */
function unpack(packed: string): Promise<string> {
  if (typeof DecompressionStream === 'undefined') {
    throw new ApiProblem(0, 'old-browser', 'This browser is too old for this page: it needs one from 2023 or later.')
  }
  const bytes = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0))
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))).text()
}
