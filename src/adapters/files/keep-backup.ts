import { link, mkdir, readdir, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { hasCode } from './error-code.ts'

const everyMs = 60 * 60_000
const maxBackups = 24

/**
 * Backs up a file that is about to be replaced, as `backups/<stem>_YYYYMMDD_HHMMSS.json` (UTC) beside it: one an hour, the newest
 * 24. A hard link is enough and takes no room: the file is replaced by a rename and never written in place.
 */
export async function keepBackup(path: string, now = new Date()): Promise<void> {
  const folder = join(dirname(path), 'backups')
  const stem = basename(path, '.json')
  await mkdir(folder, { recursive: true })
  const backups = (await readdir(folder)).filter((name) => parseTime(stem, name) !== undefined).sort()
  const newest = parseTime(stem, backups.at(-1) ?? '')
  if (newest !== undefined && now.getTime() - newest < everyMs) return
  try {
    await link(path, join(folder, nameBackup(stem, now)))
  } catch (error) {
    // There is no file yet, or this second already has its backup.
    if (hasCode(error, 'ENOENT', 'EEXIST')) return
    throw error
  }
  await Promise.all(
    backups
      .slice(0, Math.max(0, backups.length + 1 - maxBackups))
      .map((name) => rm(join(folder, name), { force: true })),
  )
}

function nameBackup(stem: string, at: Date): string {
  const [date, time] = at.toISOString().replaceAll(/[-:]/g, '').split('T')
  return `${stem}_${date}_${time?.slice(0, 6)}.json`
}

function parseTime(stem: string, name: string): number | undefined {
  if (!name.startsWith(`${stem}_`)) return undefined
  const digits = /^(\d{4})(\d{2})(\d{2})_(\d{2})(\d{2})(\d{2})\.json$/.exec(name.slice(stem.length + 1))
  if (digits === null) return undefined
  const [year, month, day, hours, minutes, seconds] = digits.slice(1)
  return Date.parse(`${year}-${month}-${day}T${hours}:${minutes}:${seconds}Z`)
}
