import { parseArgs } from 'node:util'
import { mapConcurrently } from '../../../src/domain/map-concurrently.ts'
import { local } from '../../../src/domain/providers/local.ts'
import { codeRecipe } from '../../../src/domain/recipes/code.ts'
import { buildPairs } from '../../../test/support/build-run.ts'

/* What the same requests cost a program that does nothing else: Node's own fetch, with the answers parsed and dropped. */

export interface BareLoop {
  readonly wallMs: number
  readonly cpuMs: number
}

const { values } = parseArgs({
  options: {
    url: { type: 'string', default: '' },
    tasks: { type: 'string', default: '1' },
    samples: { type: 'string', default: '1' },
    concurrency: { type: 'string', default: '1' },
  },
})
const bodies = Array.from({ length: Number(values.tasks) }, (_, seed) => {
  const { train, test } = buildPairs(seed)
  const messages = codeRecipe.renderMessages({ train, testInputs: test.map(({ input }) => input) }, null)
  const body = JSON.stringify(local.renderRequest({ modelId: 'fake', sampling: {}, messages }).body)
  return Array.from({ length: Number(values.samples) }, () => body)
}).flat()

const cpu = process.cpuUsage()
const startedMs = performance.now()
await mapConcurrently(bodies, Number(values.concurrency), async (body) => {
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(`${values.url}/chat/completions`, { method: 'POST', headers, body })
  if (!response.ok) throw new Error(`the provider says ${response.status}`)
  await response.json()
})
const wallMs = performance.now() - startedMs
const { user, system } = process.cpuUsage(cpu)
process.send?.({ wallMs, cpuMs: (user + system) / 1000 } satisfies BareLoop)
process.disconnect?.()
