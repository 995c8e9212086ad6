import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { beginClient } from '../support/run-client.ts'

function arcloom(...words: string[]) {
  return beginClient(words, { ...process.env, ARCLOOM_DATA_DIR: join(tmpdir(), 'arcloom-nothing-here') }).ended
}

test('a misspelt flag gets a suggestion instead of a complaint about a missing one', async () => {
  const { code, stderr } = await arcloom('benchmark', 'code', '--modle', 'BASELINE')
  expect(code).toBe(2)
  expect(stderr).toContain("unknown option '--modle'")
  expect(stderr).toContain('Did you mean --model?')
})

test('a command without its model says so, and how to find one', async () => {
  const { code, stderr } = await arcloom('generate', 'code')
  expect(code).toBe(2)
  expect(stderr).toMatch(/--model is required.*npx arcloom models/)
})

test('--version prints the version', async () => {
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

test.each([
  ['--cpu-seconds 0', /--cpu-seconds.*'0' is invalid.*from 0\.1 to 3,600/],
  ['--wall-seconds NaN', /--wall-seconds.*'NaN' is invalid/],
  ['--program-cpu-seconds -1', /--program-cpu-seconds.*'-1' is invalid/],
])('impossible limits are refused before anything starts: %s', async (flags, words) => {
  const ended = await Promise.all([
    arcloom('verify', 'nothing.json', ...flags.split(' ')),
    arcloom('benchmark', 'code', '--model', 'BASELINE', ...flags.split(' ')),
  ])
  for (const { code, stderr } of ended) {
    expect(code).toBe(2)
    expect(stderr).toMatch(words)
  }
})
