import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { MalformedInput } from '../../../domain/malformed-input.ts'
import { mapConcurrently } from '../../../domain/map-concurrently.ts'
import { isMissing } from '../../files/error-code.ts'
import { withLock } from '../../files/file-lock.ts'
import { syncFolder } from '../../files/write-file-atomically.ts'
import { download } from './download.ts'
import { filesBelow, hashGitTree, type Files } from './hash-git-tree.ts'
import { archiveAddress, isKept, type OfficialSet } from './official-sets.ts'
import { readArchive, type ArchiveLimits } from './read-archive.ts'
import { readFolder } from './read-folder.ts'

export interface FetchRequest {
  readonly set: OfficialSet
  /** An address, an archive, or a folder that already holds the set; by default GitHub's archive. */
  readonly from?: string | undefined
  /** The folder of all fetched datasets. */
  readonly folder: string
  readonly onProgress: (bytes: number) => void
  readonly limits?: Partial<FetchLimits>
  readonly pauseMs?: number
}

interface FetchLimits extends ArchiveLimits {
  readonly archiveBytes: number
}

export interface Fetched {
  readonly path: string
  /** `present` when it already existed with the expected content. */
  readonly outcome: 'fetched' | 'present'
}

/** Many times the size of the official sets. */
const standardLimits: FetchLimits = {
  archiveBytes: 100_000_000,
  unpackedBytes: 500_000_000,
  keptBytes: 100_000_000,
  keptFiles: 10_000,
}

/** Another process may be fetching the same set over a slow line. */
const lockWaitMs = 10 * 60_000

/**
 * Makes an official dataset appear below the folder: whole, with exactly the pinned content, or not at all.
 *
 * @throws {MalformedInput} when the source, or what already has the name, has other content
 * @throws {DownloadFailed}
 */
export async function fetchDataset(request: FetchRequest): Promise<Fetched> {
  const { set, folder } = request
  const path = join(folder, set.name)
  // Hidden, so that it is in no list of datasets, and on the same disk, so that a rename is enough.
  const workshop = join(folder, '.fetch')
  await mkdir(workshop, { recursive: true })
  const archive = join(workshop, `${set.name}.tar.gz`)
  const work = async (): Promise<Fetched> => {
    if (await isThere(path)) {
      verify(set, await readFolder(path, (file) => isKept(set, file)), path, '; remove the folder to fetch it again')
      return { path, outcome: 'present' }
    }
    await putWhole(path, await obtain(request, archive), join(workshop, `${set.name}.whole`))
    await rm(archive, { force: true })
    return { path, outcome: 'fetched' }
  }
  return withLock(join(workshop, `${set.name}.lock`), work, { waitMs: lockWaitMs })
}

/** @param beside a temporary folder on the same disk */
async function putWhole(path: string, files: Files, beside: string): Promise<void> {
  try {
    await rm(beside, { recursive: true, force: true })
    await writeFiles(beside, files)
    await rename(beside, path)
    await syncFolder(dirname(path))
  } catch (error) {
    // A full disk needs the room.
    await rm(beside, { recursive: true, force: true })
    throw error
  }
}

/** The files of a set, verified. */
async function obtain(
  { set, from = archiveAddress(set), onProgress, limits, pauseMs = 500 }: FetchRequest,
  archive: string,
): Promise<Files> {
  const isWanted = (file: string) => isKept(set, file)
  const effectiveLimits = { ...standardLimits, ...limits }
  if (!isAddress(from)) {
    const stats = await stat(from).catch((error: unknown) => {
      if (isMissing(error)) throw new MalformedInput(from, '', 'there is no such file or folder')
      throw error
    })
    const files = stats.isDirectory()
      ? await readFolder(from, isWanted)
      : await readArchive(from, isWanted, effectiveLimits)
    return verify(set, files, from)
  }
  if (!(await isThere(archive))) {
    await download({ address: from, path: archive, maxBytes: effectiveLimits.archiveBytes, onProgress, pauseMs })
  }
  try {
    return verify(set, await readArchive(archive, isWanted, effectiveLimits), from)
  } catch (error) {
    // The next try must not find it.
    await rm(archive, { force: true })
    throw error
  }
}

function isAddress(from: string): boolean {
  return /^https?:\/\//.test(from)
}

function verify(set: OfficialSet, files: Files, origin: string, mend = ''): Files {
  for (const [tree, expected] of Object.entries(set.trees)) {
    const treeFiles = filesBelow(files, tree)
    if (treeFiles.size === 0)
      throw new MalformedInput(origin, tree, `there are no such files; is it ${set.repository}?${mend}`)
    const treeHash = hashGitTree(treeFiles)
    if (treeHash !== expected) {
      throw new MalformedInput(
        origin,
        tree,
        `other content than ${set.repository} at ${set.commit.slice(0, 12)}: Git tree ${treeHash}, expected ${expected}${mend}`,
      )
    }
  }
  return files
}

async function writeFiles(folder: string, files: Files): Promise<void> {
  const folders = new Set([...files.keys()].map((path) => dirname(join(folder, path))))
  for (const each of [folder, ...folders]) await mkdir(each, { recursive: true })
  await mapConcurrently([...files], 16, ([path, bytes]) => writeFile(join(folder, path), bytes, { flush: true }))
}

async function isThere(path: string): Promise<boolean> {
  try {
    await stat(path)
    return true
  } catch (error) {
    if (isMissing(error)) return false
    throw error
  }
}
