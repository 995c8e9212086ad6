import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const client = fileURLToPath(new URL('../../arcloom.ts', import.meta.url))

/** Runs `arcloom …` as a user does, in one process, and prints its wall time, CPU time and peak memory. */
export function measureCommand(name: string, words: readonly string[], dataDir: string): void {
  // The process reports its peak memory when it exits.
  const tell = `process.on('exit', () => process.stderr.write('\\n' + JSON.stringify(process.resourceUsage())))`
  const began = performance.now()
  const { status, stderr } = spawnSync(
    process.execPath,
    ['--import', `data:text/javascript,${encodeURIComponent(tell)}`, client, ...words],
    { env: { ...process.env, ARCLOOM_DATA_DIR: dataDir }, encoding: 'utf8', maxBuffer: 1e9 },
  )
  if (status !== 0) throw new Error(`arcloom ${words.join(' ')} ended with ${status}: ${stderr}`)
  const used = JSON.parse(stderr.split('\n').at(-1) ?? '') as NodeJS.ResourceUsage
  const seconds = (performance.now() - began) / 1000
  const cpuSeconds = (used.userCPUTime + used.systemCPUTime) / 1e6
  const numbers = `${seconds.toFixed(1)} s, CPU ${cpuSeconds.toFixed(1)} s, ${(used.maxRSS / 1024).toFixed(0)} MiB`
  process.stdout.write(`${name.padEnd(40)} ${numbers}\n`)
}
