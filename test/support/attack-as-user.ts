import { once } from 'node:events'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createSandbox } from '../../src/adapters/sandbox/create-sandbox.ts'
import type { SandboxFacts } from '../../src/adapters/sandbox/sandbox.ts'
import { listHostilePrograms, trophy } from './hostile-programs.ts'

/*
 * Runs every hostile program in this process's sandbox, and an honest one after each, on the same slot. Run as another user than
 * the tests. Arguments: the level. Prints {"user", "programs", "failures"}.
 */

const level = process.argv[2] as SandboxFacts['level'] // passed by the test
const folder = mkdtempSync(join(tmpdir(), 'sandbox-user-'))
const secretPath = join(folder, 'secret')
const secretVariable = 'SANDBOX_TEST_SECRET' // set by the test
writeFileSync(secretPath, 'secret', { mode: 0o644 })
chmodSync(folder, 0o755)
const listener = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1')
await once(listener, 'listening')
const { port } = listener.address() as AddressInfo // not a pipe

const limits = { cpuMsPerGrid: 200, programCpuMs: 300, memoryBytes: 160 * 1024 * 1024 }
const sandbox = await createSandbox({ slots: 1, limits, levels: [level] })
const run = async (code: string) => {
  const program = { code, entryPoints: ['solve'], inputs: [[[3]]], forks: 'program' } as const
  const { results } = await sandbox.run(program, new AbortController().signal)
  return results[0]
}

const won = JSON.stringify({ status: 'ok', grid: trophy })
const failures: string[] = []
const programs = listHostilePrograms({ port, secretPath, secretVariable, workerPid: process.pid })
for (const { name, code, expected } of programs) {
  const result = await run(code)
  const contained = result?.status !== undefined && expected.includes(result.status) && JSON.stringify(result) !== won
  if (!contained) failures.push(`${name}: ${JSON.stringify(result)}`)
  const after = await run('def solve(grid): return grid')
  if (JSON.stringify(after) !== JSON.stringify({ status: 'ok', grid: [[3]] }))
    failures.push(`after ${name}: ${JSON.stringify(after)}`)
}
console.log(JSON.stringify({ user: process.getuid?.(), programs: programs.length, failures }))
await sandbox.close()
listener.close()
rmSync(folder, { recursive: true })
