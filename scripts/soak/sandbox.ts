#!/usr/bin/env -S node --disable-warning=ExperimentalWarning
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { sandboxLevels } from '../../src/adapters/sandbox/open-first-zygote.ts'
import { soakSandbox, type SoakFigures } from '../../test/support/soak-sandbox.ts'

/*
 * Thousands of programs in one sandbox at each level, 15 % of them hostile: no wrong verdict, no zygote replaced, no process
 * left, and no growth of file descriptors or memory. Exits with 1 otherwise.
 */

const { values } = parseArgs({
  options: {
    programs: { type: 'string', default: '3000' },
    slots: { type: 'string', default: String(availableParallelism()) },
  },
})

function render({ programs, nodeDescriptors, nodeHeapBytes, sandboxDescriptors, sandboxBytes }: SoakFigures): string {
  const megabytes = (bytes: number) => `${(bytes / 1024 ** 2).toFixed(1)} MB`
  const node = `${nodeDescriptors} descriptors and ${megabytes(nodeHeapBytes)} in Node`
  return `${programs} programs: ${node}, ${sandboxDescriptors ?? '?'} and ${megabytes(sandboxBytes)} in the sandbox`
}

let failed = false
for (const level of sandboxLevels) {
  const startedMs = performance.now()
  const { hostile, faults } = await soakSandbox({
    level,
    programs: Number(values.programs),
    slots: Number(values.slots),
    onQuarter: (figures) => console.log(`${level}, ${render(figures)}`),
  })
  const seconds = ((performance.now() - startedMs) / 1000).toFixed(0)
  failed ||= faults.length > 0
  for (const fault of faults) console.log(`${level}, FAILED: ${fault}`)
  if (faults.length === 0) console.log(`${level}, ok: ${hostile} of ${values.programs} were hostile, ${seconds} s`)
}
process.exit(failed ? 1 : 0)
