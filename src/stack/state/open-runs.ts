import { readdirSync, type Dirent } from 'node:fs'
import { join } from 'node:path'
import { readStackFile } from './stack-files.ts'

const openStates = new Set<unknown>(['running', 'paused'])

/** The ids of runs that the store calls open. Only looks at `runs/<id>/state.json`, since the supervisor asks every few seconds. */
export function listOpenRuns(dataDir: string): string[] {
  const folder = join(dataDir, 'runs')
  return listFolders(folder).filter((runId) => {
    const file = readStackFile(join(folder, runId, 'state.json'))
    return typeof file === 'object' && file !== null && 'state' in file && openStates.has(file.state)
  })
}

function listFolders(path: string): string[] {
  let entries: Dirent[]
  try {
    entries = readdirSync(path, { withFileTypes: true })
  } catch {
    return []
  }
  return entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name)
}
