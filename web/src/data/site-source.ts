import type { CompareDocument } from '../../../src/api/documents.ts'
import { compareSideBySide, explainRunCount } from '../../../src/domain/compare/compare-side-by-side.ts'
import type { ComparedRun } from '../../../src/domain/compare/compared-run.ts'
import { comparedAddress, nameSiteFile } from '../../../src/domain/site/site-files.ts'
import { parseStoredComparedRun } from '../../../src/domain/site/stored-compared-run.ts'
import { ApiProblem } from './api-problem.ts'
import { createSiteFiles } from './load-site-file.ts'
import type { Source } from './source.ts'

/** The files of a written site: what a server answered when it was written. Runs are compared here, whichever are chosen. */
export function createSiteSource({ hasExpected }: Pick<Source, 'hasExpected'>): Source {
  const loadFile = createSiteFiles()

  async function read(address: string): Promise<unknown> {
    const file = nameSiteFile(address)
    const documents = file === undefined ? {} : await loadFile(file)
    if (Object.hasOwn(documents, address)) return documents[address]
    throw new ApiProblem(404, 'not-in-site', 'This is not part of this site.')
  }

  async function compare(query: URLSearchParams): Promise<CompareDocument> {
    const names = [...new Set((query.get('runs') ?? '').split(','))]
    const excuse = explainRunCount(names.length)
    if (excuse !== undefined) throw new ApiProblem(400, 'malformed', excuse)
    const runs = await Promise.all(names.map(readCompared))
    const compared = compareSideBySide(runs, { common: query.get('common') === 'yes', all: query.get('all') === 'yes' })
    if (compared.outcome === 'refused') throw new ApiProblem(409, compared.type, compared.message)
    return { comparison: compared.comparison, left_out: compared.leftOut, tasks: compared.tasks }
  }

  async function readCompared(run: string): Promise<ComparedRun> {
    return parseStoredComparedRun(await read(comparedAddress(run)))
  }

  return {
    isLive: false,
    hasExpected,
    async request(method, address) {
      if (method !== 'GET')
        throw new ApiProblem(405, 'not-live', 'This is a written site: nothing can be changed in it.')
      const [path, query] = address.split('?')
      return path === '/api/compare' ? compare(new URLSearchParams(query)) : read(address)
    },
  }
}
