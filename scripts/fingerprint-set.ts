#!/usr/bin/env -S node --disable-warning=ExperimentalWarning
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { hashGitTree } from '../src/adapters/datasets/official/hash-git-tree.ts'
import { readFolder } from '../src/adapters/datasets/official/read-folder.ts'
import { readDataset } from '../src/adapters/datasets/read-dataset.ts'
import { writeFingerprints } from '../src/adapters/exports/fingerprint-files.ts'
import { publishedBenchmarks } from '../src/domain/tasks/benchmarks.ts'

/*
 * Makes the fingerprints of a set of tasks, by which exports recognise its tasks without having them:
 *
 *   node scripts/fingerprint-set.ts ARC-AGI-2/data/evaluation arc-agi-2
 *   node scripts/fingerprint-set.ts ARC-AGI-2/data/training arc-agi-2 --split training
 *
 * Exports leave out tasks that are kin to an evaluation set; a training set says which tasks were published for training. The
 * folder of a published benchmark must contain exactly its published tasks.
 */

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    split: { type: 'string', default: 'evaluation' },
    to: { type: 'string', default: fileURLToPath(new URL('../data/fingerprints', import.meta.url)) },
  },
})

try {
  console.log(await fingerprintSet(positionals))
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 2
}

async function fingerprintSet([folder, name]: readonly string[]): Promise<string> {
  const { split, to } = values
  if (folder === undefined || name === undefined || !/^[\w.-]+$/.test(name)) {
    throw new Error('usage: node scripts/fingerprint-set.ts FOLDER NAME [--split training|evaluation] [--to FOLDER]')
  }
  if (split !== 'training' && split !== 'evaluation') {
    throw new Error(`--split ${split}: a set is of the split training or evaluation`)
  }
  const tree = hashGitTree(await readFolder(folder, (file) => file.endsWith('.json') && !file.includes('/')))
  const published = publishedBenchmarks.find((benchmark) => benchmark.name === name)
  if (published !== undefined && published.trees[`data/${split}`] !== tree) {
    throw new Error(
      `${folder} does not hold the ${split} tasks of ${name} as ${published.repository} has them at ${published.commit.slice(0, 12)}`,
    )
  }
  const { tasks, faults } = await readDataset(folder)
  if (faults[0] !== undefined) throw faults[0]
  return writeFingerprints(to, { name, split, tree: published === undefined ? '' : tree, tasks })
}
