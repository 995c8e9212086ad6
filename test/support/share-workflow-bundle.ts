import { copyFile, mkdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Config } from '../../src/config.ts'
import { bundleWorkflows } from '../../src/workers/bundle-workflows.ts'

const shared = fileURLToPath(new URL('../../node_modules/.cache/arcloom-tests', import.meta.url))

/** Puts the bundle of the workflows where workers look for it: built once for all tests, since that takes seconds. */
export async function shareWorkflowBundle({ stateDir }: Pick<Config, 'stateDir'>): Promise<void> {
  await mkdir(shared, { recursive: true })
  await mkdir(stateDir, { recursive: true })
  const bundle = await bundleWorkflows(shared)
  if ('codePath' in bundle) await copyFile(bundle.codePath, join(stateDir, basename(bundle.codePath)))
}
