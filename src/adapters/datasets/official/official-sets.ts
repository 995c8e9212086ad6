import type { Benchmark } from '../../../domain/tasks/benchmarks.ts'

/** What is needed to fetch a published benchmark. */
export type OfficialSet = Pick<Benchmark, 'repository' | 'commit' | 'trees'> & { readonly name: string }

export function archiveAddress({ repository, commit }: OfficialSet): string {
  return `https://codeload.github.com/${repository}/tar.gz/${commit}`
}

/** Whether a file of the repository is kept: the pinned folders and the licence. */
export function isKept({ trees }: OfficialSet, path: string): boolean {
  return /^licen[cs]e[^/]*$/i.test(path) || Object.keys(trees).some((tree) => path.startsWith(`${tree}/`))
}
