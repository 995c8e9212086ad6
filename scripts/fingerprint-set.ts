#!/usr/bin/env -S node --disable-warning=ExperimentalWarning
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { hashGitTree } from '../src/adapters/datasets/official/hash-git-tree.ts'
import { readFolder } from '../src/adapters/datasets/official/read-folder.ts'
import { readDataset } from '../src/adapters/datasets/read-dataset.ts'
import { writeFingerprints } from '../src/adapters/exports/fingerprint-files.ts'
import { publishedBenchmarks } from '../src/domain/tasks/benchmarks.ts'

/*
 * Makes the fingerprints of a set of tasks, by which exports know its tasks again where the tasks themselves are not:
 *
 *   node scripts/fingerprint-set.ts ARC-AGI-2/data/evaluation arc-agi-2
 *   node scripts/fingerprint-set.ts ARC-AGI-2/data/training arc-agi-2 --split training
 *
 * Of an evaluation set exports leave out what is kin to it; a training set tells which tasks are for training by their makers.
 * The folder of a published benchmark has to hold exactly its published tasks.
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
