import { copyFile, mkdir, readdir, symlink } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { readDataset } from '../../../src/adapters/datasets/read-dataset.ts'
import { isMissing } from '../../../src/adapters/files/error-code.ts'

interface TaskPlaces {
  /** A folder of datasets. */
  readonly shelf: string
  /** Repeated if the official tasks are missing. */
  readonly own: string
  readonly dataDir: string
}

const taskCount = 1_520

/** Puts the datasets of a folder where the page looks for them. @returns the number of task files */
export async function layTasks({ shelf, own, dataDir }: TaskPlaces): Promise<number> {
  const datasets = join(dataDir, 'datasets')
  await mkdir(datasets)
  const names = await readdir(shelf).catch((error: unknown) => {
    if (isMissing(error)) return []
    throw error
  })
  for (const name of names) await symlink(join(shelf, name), join(datasets, name))
  if (names.length > 0) {
    const readings = await Promise.all(names.map((name) => readDataset(join(shelf, name))))
    return readings.reduce((sum, { tasks }) => sum + tasks.length, 0)
  }
  const folder = join(datasets, 'repeated/training')
  await mkdir(folder, { recursive: true })
  const files = (await readdir(own, { recursive: true })).filter((name) => name.endsWith('.json'))
  for (let index = 0; index < taskCount; index += 1) {
    const file = files[index % files.length] ?? ''
    await copyFile(join(own, file), join(folder, `${index}-${basename(file)}`))
  }
  return taskCount
}
