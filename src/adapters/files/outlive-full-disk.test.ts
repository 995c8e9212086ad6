import { spawnSync } from 'node:child_process'
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@jest/globals'

const program = `
  import { outliveFullDisk } from ${JSON.stringify(fileURLToPath(new URL('outlive-full-disk.ts', import.meta.url)))}
  outliveFullDisk()
  console.error('one %s', 'line')
  await new Promise((resolve) => process.stdout.write('two', resolve))
  await new Promise((resolve) => setTimeout(resolve, 50))
  console.error('three')
  process.exit(7)
`

/** Runs it with its output sent to the path. */
function run(path: string) {
  const output = openSync(path, 'a')
  try {
    const flags = ['--disable-warning=ExperimentalWarning', '--input-type=module', '--eval', program]
    return spawnSync(process.execPath, flags, { stdio: ['ignore', output, output] })
  } finally {
    closeSync(output)
  }
}

const whereThereIsOne = existsSync('/dev/full') ? test : test.skip
whereThereIsOne('a process whose log is on a full disk runs to its own end', () => {
  expect(run('/dev/full')).toMatchObject({ status: 7, signal: null })
})

test('everything that fits on the disk is written', () => {
  const folder = mkdtempSync(join(tmpdir(), 'arcloom-log-'))
  try {
    expect(run(join(folder, 'log')).status).toBe(7)
    expect(readFileSync(join(folder, 'log'), 'utf8')).toBe('one line\ntwothree\n')
  } finally {
    rmSync(folder, { recursive: true })
  }
})
