import { expect, jest, test } from '@jest/globals'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beginClient } from '../support/run-client.ts'

jest.setTimeout(60_000)

function arcloom(...words: string[]) {
  return beginClient(words, { ...process.env, ARCLOOM_DATA_DIR: join(tmpdir(), 'arcloom-nothing-here') }).ended
}

test('a misspelt flag is told which was meant, not which is missing', async () => {
  const { code, stderr } = await arcloom('benchmark', 'code', '--modle', 'BASELINE')
  expect(code).toBe(2)
  expect(stderr).toContain("unknown option '--modle'")
  expect(stderr).toContain('Did you mean --model?')
})

test('a command without its model says so, and how to find one', async () => {
  const { code, stderr } = await arcloom('generate', 'code')
  expect(code).toBe(2)
  expect(stderr).toMatch(/--model is needed.*npx arcloom models/)
})

test('the version is told', async () => {
  const { code, stdout } = await arcloom('--version')
  expect(code).toBe(0)
  expect(stdout).toMatch(/^\d+\.\d+\.\d+/)
})

test.each([
  [
    'run_code_benchmark.py --model_identifier GEMINI_FLASH --best_of 3',
    'benchmark code --model GEMINI_FLASH --best-of 3',
  ],
  ['benchmark/run_direct_benchmark.py --max_tasks 10', 'benchmark direct --max-tasks 10'],
  ['generate_reasoning_data.py', 'generate reasoning'],
  ['generate_code_data', 'generate code'],
  ['verify_code_data.py results.json', 'verify results.json'],
  ['server.py', 'web'],
])('the script %s of the Python original is answered with the command to type', async (typed, meant) => {
  const { code, stderr } = await arcloom(...typed.split(' '))
  expect(code).toBe(2)
  expect(stderr.trim()).toMatch(new RegExp(`Type: npx arcloom ${meant}$`))
})
