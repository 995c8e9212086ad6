import { access, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker'
import { hasCode } from '../adapters/files/error-code.ts'
import { writeFileAtomically } from '../adapters/files/write-file-atomically.ts'
import { hashWorkflowCode, workflowsPath } from '../adapters/workflow-code.ts'

/**
 * Bundles the workflows, or finds the bundle of the same code: bundling takes seconds, which delays a worker that is
 * restarted after a crash.
 *
 * @param folder where bundles are kept; bundles of other code are removed
 */
export async function bundleWorkflows(
  folder: string,
): Promise<{ readonly codePath: string } | { readonly code: string }> {
  const name = `workflows-${await hashWorkflowCode()}.js`
  const codePath = join(folder, name)
  if (await exists(codePath)) return { codePath }
  const { code } = await bundleWorkflowCode({ workflowsPath, logger: new DefaultLogger('WARN') })
  try {
    await writeFileAtomically(codePath, code)
  } catch (error) {
    // The next worker bundles again.
    if (hasCode(error, 'ENOSPC', 'EDQUOT')) return { code }
    throw error
  }
  const others = (await readdir(folder)).filter((file) => /^workflows-.*\.js$/.test(file) && file !== name)
  await Promise.all(others.map((file) => rm(join(folder, file), { force: true })))
  return { codePath }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
