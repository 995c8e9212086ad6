import { spawn } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { createSandbox } from '../../src/adapters/sandbox/create-sandbox.ts'
import { sandboxLevels } from '../../src/adapters/sandbox/open-first-zygote.ts'

/*
 * How programs that want too much end under the real limits: verdict, time to verdict, and the resources they used. With --busy
 * N, beside N processes that each want a core: the verdicts must not change, only the times.
 */

const { values } = parseArgs({ options: { busy: { type: 'string', default: '0' } } })
const imports = 'import os, time\nimport numpy as np\n'
const programs = [
  ['honest', 'return grid', 'ok'],
  ['honest, a second of work', 'sum(i & 1 for i in range(15_000_000))\n    return grid', 'ok'],
  ['sleeps half a second', 'time.sleep(0.5)\n    return grid', 'ok'],
  ['allocates 10 GB', 'return [[len(bytearray(10 * 2**30))]]', 'memory'],
  ['touches all memory it gets', 'kept = []\n    while True: kept.append(bytearray(2**20))', 'memory'],
  ['loops forever', 'while True: pass', 'cpu-timeout'],
  ['sleeps', 'time.sleep(10**6)', 'invalid-output'],
  ['sleeps forever in small pieces', 'while True: time.sleep(0.01)', 'cpu-timeout'],
  ['waits forever', '__import__("select").select([], [], [])', 'wall-timeout'],
  ['floods its answers', "while True: os.write(3, b'x' * 65536)", 'output-flood'],
  ['prints forever', "while True: print('x' * 65536)", 'cpu-timeout'],
  ['is a fork bomb', 'while True: os.fork()', 'error'],
  [
    'is a fork bomb that does not give up',
    'while True:\n        try: os.fork()\n        except OSError: pass',
    'cpu-timeout',
  ],
] as const

const loops = Array.from({ length: Number(values.busy) }, () =>
  spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' }),
)
let changed = 0
try {
  console.log(`${availableParallelism()} cores, ${loops.length} busy processes beside the sandbox`)
  for (const level of sandboxLevels) changed += await measure(level)
} finally {
  for (const loop of loops) loop.kill('SIGKILL')
}
process.exitCode = changed === 0 ? 0 : 1

/** @returns the number of verdicts that were not the expected one */
async function measure(level: (typeof sandboxLevels)[number]): Promise<number> {
  const sandbox = await createSandbox({ slots: 1, levels: [level] })
  console.log(`\n${level.padEnd(38)}  verdict       seconds  CPU s   max MB`)
  let others = 0
  for (const [name, body, expected] of programs) {
    const program = {
      code: `${imports}def solve(grid):\n    ${body}`,
      entryPoints: ['solve'],
      inputs: [[[1]]],
      forks: 'grid',
    } as const
    const startedMs = performance.now()
    const { results, cpuMs, maxRssBytes } = await sandbox.run(program, new AbortController().signal)
    const verdict = results[0]?.status ?? ''
    const figures = [(performance.now() - startedMs) / 1000, cpuMs / 1000].map((seconds) =>
      seconds.toFixed(2).padStart(7),
    )
    const mark = verdict === expected ? '' : `  EXPECTED ${expected}`
    if (verdict !== expected) others += 1
    console.log(
      `${name.padEnd(38)}  ${verdict.padEnd(12)}  ${figures.join('')}  ${(maxRssBytes / 1e6).toFixed(0).padStart(7)}${mark}`,
    )
  }
  await sandbox.close()
  return others
}
