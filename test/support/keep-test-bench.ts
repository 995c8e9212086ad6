import { afterAll, beforeAll } from '@jest/globals'
import { openTestBench, type TestBench, type TestBenchOptions } from './test-bench.ts'

/** For a test file: a bench that exists from before its first test until after its last. */
export function keepTestBench(options: TestBenchOptions = {}): TestBench {
  // Filled in `beforeAll`; nothing reads it before.
  const bench = {} as TestBench
  beforeAll(async () => void Object.assign(bench, await openTestBench(options)))
  afterAll(() => bench.close())
  return bench
}
