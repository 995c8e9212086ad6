import { expect, test } from '@jest/globals'
import { sandboxLevels } from '../../src/adapters/sandbox/open-first-zygote.ts'
import { soakSandbox } from '../support/soak-sandbox.ts'

test.each(sandboxLevels)(
  'each of 120 programs, some hostile, gets its verdict, and the sandbox holds no more resources than before (%s)',
  async (level) => {
    const { hostile, faults } = await soakSandbox({ level, programs: 120, slots: 2 })
    expect(faults).toEqual([])
    expect(hostile).toBe(18)
  },
)
