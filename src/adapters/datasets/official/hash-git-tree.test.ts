import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from '@jest/globals'
import { publishedBenchmarks } from '../../../domain/tasks/benchmarks.ts'
import { filesBelow, hashGitTree } from './hash-git-tree.ts'
import { isKept } from './official-sets.ts'
import { readFolder } from './read-folder.ts'

/** The official tasks, where they are installed: they are not part of this repository. */
const official = fileURLToPath(new URL('../../../../../shared/arc', import.meta.url))

describe('hashGitTree', () => {
  test('hashes a folder as Git does', async () => {
    const files = { 'b.json': '{}', 'a/x': '', 'a.json': 'ä', a0: '0', 'a/b/c': 'deep', '-': '1', Z: '2' }
    const folder = await mkdtemp(join(tmpdir(), 'arcloom-tree-'))
    try {
      for (const [path, text] of Object.entries(files)) {
        await mkdir(dirname(join(folder, path)), { recursive: true })
        await writeFile(join(folder, path), text)
      }
      const git = (...words: string[]) => execFileSync('git', words, { cwd: folder, encoding: 'utf8' }).trim()
      git('init', '--quiet')
      git('-c', 'core.autocrlf=false', 'add', '--all')
      expect(hashGitTree(await readFolder(folder, (path) => !path.startsWith('.git/')))).toBe(git('write-tree'))
    } finally {
      await rm(folder, { recursive: true })
    }
  })

  const trees = publishedBenchmarks.flatMap((set) => Object.entries(set.trees).map(([tree, id]) => ({ set, tree, id })))
  const there = trees.filter(({ set, tree }) => existsSync(join(official, set.name, tree)))
  const whenThere = there.length > 0 ? test.each(there) : test.skip.each(trees)
  whenThere('names $set.name/$tree (skipped without the official tasks)', async ({ set, tree, id }) => {
    const files = await readFolder(join(official, set.name), (path) => isKept(set, path))
    expect(hashGitTree(filesBelow(files, tree))).toBe(id)
  })
})
