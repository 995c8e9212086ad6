import type { Benchmark } from '../../../domain/tasks/benchmarks.ts'

/** What fetching has to know of a published benchmark. */
export type OfficialSet = Pick<Benchmark, 'repository' | 'commit' | 'trees'> & { readonly name: string }

export function archiveAddress({ repository, commit }: OfficialSet): string {
  return `https://codeload.github.com/${repository}/tar.gz/${commit}`
}

/** Whether a file of the repository is kept: what is pinned, and the licence under which it is. */
export function isKept({ trees }: OfficialSet, path: string): boolean {
  return /^licen[cs]e[^/]*$/i.test(path) || Object.keys(trees).some((tree) => path.startsWith(`${tree}/`))
}
