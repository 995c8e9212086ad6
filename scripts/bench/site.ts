/**
 * How long `arcloom report RUN --format site` takes, by the clock and on the CPU, the most memory it holds, and how large the site
 * is: `scripts/bench/site [tasks] [samples]`, 120 tasks with 84 samples each by default.
 *
 * The run asks for programs: each answer has its own 6,000 characters, grids are 20×20. `TMPDIR=/dev/shm` leaves the disk out.
 */
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRunStore } from '../../src/adapters/stores/create-run-store.ts'
import { createFileBlobs } from '../../src/adapters/stores/file-blobs.ts'
import type { Grid } from '../../src/domain/grids/grid.ts'
import { createRandom } from '../../test/support/create-random.ts'
import { recordRun } from '../../test/support/record-run.ts'
import { measureCommand } from './support/measure-command.ts'

const [count = 120, samples = 84] = process.argv.slice(2).map(Number)
const side = 20
const random = createRandom(1)

function makeGrid(): Grid {
  return Array.from({ length: side }, () => Array.from({ length: side }, () => Math.floor(random() * 10)))
}

function say(): string {
  const words = Array.from({ length: 900 }, () => Math.floor(random() * 40_000).toString(36))
  return `${words.join(' ')}\n\`\`\`python\ndef solve_task(grid):\n    return grid[::-1]\n\`\`\``
}

const folder = mkdtempSync(join(tmpdir(), 'arcloom-site-'))
try {
  const pair = () => ({ input: makeGrid(), output: makeGrid() })
  await recordRun(createRunStore(createFileBlobs(join(folder, 'runs')), 'bench'), {
    name: 'large',
    recipe: 'code',
    tasks: Array.from({ length: count }, (_, index) => ({
      taskId: `task-${index}`,
      version: 0,
      dataset: 'made',
      split: 'evaluation',
      train: [pair(), pair(), pair()],
      test: [pair()],
    })),
    say: () =>
      Array.from({ length: samples }, (_, index) => ({ texts: [say()], right: index % 3 === 0 ? 'all' : 'none' })),
  })
  const site = join(folder, 'site')
  measureCommand(`site, ${count} × ${samples}`, ['report', 'large', '--format', 'site', '--output', site], folder)
  const sizes = readdirSync(site, { recursive: true, encoding: 'utf8' }).map((name) => statSync(join(site, name)).size)
  const bytes = sizes.reduce((sum, size) => sum + size, 0)
  process.stdout.write(
    `${(bytes / 1e6).toFixed(1)} MB in ${sizes.length} files, the largest ${(Math.max(...sizes) / 1e6).toFixed(2)} MB\n`,
  )
} finally {
  rmSync(folder, { recursive: true })
}
