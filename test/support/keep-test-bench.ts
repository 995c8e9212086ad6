import { afterAll, beforeAll } from '@jest/globals'
import type { Environment } from '../../src/config.ts'
import { openTestBench, type TestBench } from './test-bench.ts'

/**
 * For a test file: a bench that stands from before its first test until after its last.
 *
 * @param environment settings that differ from the standard
 */
export function keepTestBench(environment: Environment = {}): TestBench {
  // Filled when it stands; nothing reads it before.
  const bench = {} as TestBench
  beforeAll(async () => void Object.assign(bench, await openTestBench(environment)), 120_000)
  afterAll(() => bench.close(), 60_000)
  return bench
}
