/*
 * The files of a written site: which one holds the answer to which request of the page. Read by the code that writes a site and
 * by the page that opens one, so that they cannot disagree.
 */

/** The folder of the data files, below that of the site. */
export const siteDataFolder = 'data'

/** What a data file holds: documents by the addresses that a server would answer with them. */
export type SiteDocuments = Readonly<Record<string, unknown>>

/** The address under which a site keeps what comparisons read of a run. A server compares by itself and has no such address. */
export function comparedAddress(run: string): string {
  return `/api/runs/${encodeURIComponent(run)}/compared`
}

/**
 * The data file that holds an address's document, below the data folder. All samples of an item are in one file, since a run has
 * thousands; its expected outputs are apart, so that they are loaded only when somebody asks for them.
 *
 * @returns undefined if a site has no such document
 */
export function nameSiteFile(address: string): string | undefined {
  if (address === '/api/runs') return 'runs.js'
  if (address === '/api/abilities') return 'abilities.js'
  const [run = '', kind = 'run', item] = address.startsWith('/api/runs/')
    ? address.slice('/api/runs/'.length).split('/')
    : []
  // Whatever stands in the address bar: it leads to no file outside the folder.
  if (!isName(run)) return undefined
  if (item === undefined) return ['run', 'matrix', 'compared'].includes(kind) ? `${run}/${kind}.js` : undefined
  if (!isName(item)) return undefined
  if (kind === 'samples' || kind === 'attempts') return `${run}/items/${item}.js`
  return kind === 'expected' ? `${run}/expected/${item}.js` : undefined
}

/** Names of runs and keys of items need no encoding, in an address or as names of files. */
function isName(part: string): boolean {
  return /^\w[\w.-]*$/.test(part)
}
