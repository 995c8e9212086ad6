import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { buildTasks } from './test-bench.ts'

/** Writes made-up tasks as a dataset folder. @returns the folder */
export async function writeTasks(folder: string, count: number): Promise<string> {
  await mkdir(folder, { recursive: true })
  for (const { taskId, train, test } of buildTasks(count)) {
    await writeFile(join(folder, `${taskId}.json`), JSON.stringify({ train, test }))
  }
  return folder
}
