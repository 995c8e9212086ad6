import { appendFile, cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker'
import { hashWorkflowCode, readWorkflowSources, workflowsPath } from '../../src/adapters/workflow-code.ts'

test('the sources of the workflow code are those in the bundle', async () => {
  const { code } = await bundleWorkflowCode({ workflowsPath, logger: new DefaultLogger('WARN') })
  const [, encoded = ''] = /sourceMappingURL=data:[^,]*,([A-Za-z0-9+/=]+)/.exec(code) ?? []
  const map = JSON.parse(Buffer.from(encoded, 'base64').toString()) as { readonly sources: readonly string[] }
  const bundled = map.sources.filter((path) => path.endsWith('.ts') && !path.includes('node_modules'))
  const sources = await readWorkflowSources(workflowsPath)
  expect([...sources.keys()].toSorted()).toEqual(bundled.toSorted())
})

describe('the hash of the workflow code', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'arcloom-workflow-code-'))
    await cp(new URL('../../src', import.meta.url), folder, { recursive: true })
  })
  afterAll(() => rm(folder, { recursive: true }))

  const hash = () => hashWorkflowCode(join(folder, 'workflows/index.ts'))

  test('is the same wherever the code is', async () => {
    expect(await hash()).toBe(await hashWorkflowCode())
  })

  test.each([
    ['a colour of the report', 'report/html/style.ts'],
    ['a solver', 'domain/solvers/refine.ts'],
  ])('stays the same when %s changes, so that no open run restarts', async (_, file) => {
    await appendFile(join(folder, file), '\n// changed\n')
    expect(await hash()).toBe(await hashWorkflowCode())
  })

  test.each(['workflows/task.ts', 'domain/runs/fan-out.ts'])('changes with %s', async (file) => {
    const before = await hash()
    await appendFile(join(folder, file), '\n// another order\n')
    expect(await hash()).not.toBe(before)
  })
})
