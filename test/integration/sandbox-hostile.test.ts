import { once } from 'node:events'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { createSandbox } from '../../src/adapters/sandbox/create-sandbox.ts'
import { sandboxLevels } from '../../src/adapters/sandbox/open-first-zygote.ts'
import type { Sandbox } from '../../src/adapters/sandbox/sandbox.ts'
import { listHostilePrograms, trophy } from '../support/hostile-programs.ts'

/** Fixed ports, so that the programs can be listed before anything listens. */
const port = 20_000 + (process.pid % 10_000)
const folder = mkdtempSync(join(tmpdir(), 'sandbox-'))
const secretPath = join(folder, 'secret')
const secretVariable = 'SANDBOX_TEST_SECRET'

let listener: Server

beforeAll(async () => {
  writeFileSync(secretPath, 'secret', { mode: 0o644 })
  chmodSync(folder, 0o755)
  process.env[secretVariable] = 'secret'
  listener = createServer((socket) => socket.destroy()).listen(port, '127.0.0.1')
  await once(listener, 'listening')
})

afterAll(() => {
  listener.close()
  delete process.env[secretVariable]
  rmSync(folder, { recursive: true })
})

const never = new AbortController().signal
const inputs = [[[1, 2]], [[3]]]

describe.each(sandboxLevels)('under %s, a hostile program', (level) => {
  let sandbox: Sandbox

  beforeAll(async () => {
    // Small, because half of the programs below run into them.
    const limits = { cpuMsPerGrid: 200, programCpuMs: 300, memoryBytes: 160 * 1024 * 1024 }
    sandbox = await createSandbox({ slots: 1, limits, levels: [level] })
  })

  afterAll(() => sandbox.close())

  test.each(listHostilePrograms({ port, secretPath, secretVariable, workerPid: process.pid }))(
    '$name',
    async ({ code, expected }) => {
      const report = await sandbox.run({ code, entryPoints: ['solve'], inputs, forks: 'program' }, never)
      expect(report.results).toHaveLength(inputs.length)
      for (const result of report.results) {
        expect(expected).toContain(result.status)
        expect(result).not.toMatchObject({ grid: trophy })
      }
      // The same slot serves the next program as if nothing had happened.
      const honest = 'def solve(grid): return [[8 if cell == 1 else cell for cell in row] for row in grid]'
      const after = await sandbox.run({ code: honest, entryPoints: ['solve'], inputs, forks: 'program' }, never)
      expect(after.results).toEqual([
        { status: 'ok', grid: [[8, 2]] },
        { status: 'ok', grid: [[3]] },
      ])
    },
  )
})
