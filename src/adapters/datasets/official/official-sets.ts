/** A published dataset, pinned: what it holds is known before it is fetched. */
export interface OfficialSet {
  readonly name: string
  /** `owner/name` on GitHub. */
  readonly repository: string
  readonly commit: string
  /** Git's ids of the folders that are kept. They name content, however an archive of it was packed. */
  readonly trees: Readonly<Record<string, string>>
}

export const officialSets: readonly OfficialSet[] = [
  {
    name: 'arc-agi-1',
    repository: 'fchollet/ARC-AGI',
    commit: '399030444e0ab0cc8b4e199870fb20b863846f34',
    trees: {
      'data/training': 'c00693818df744970c1cd3e201a559e30b070bbe',
      'data/evaluation': '4a19f8327d45dda5e1809ee47be08bf1484b493b',
    },
  },
  {
    name: 'arc-agi-2',
    repository: 'arcprize/ARC-AGI-2',
    commit: 'f3283f727488ad98fe575ea6a5ac981e4a188e49',
    trees: {
      'data/training': 'dac7259367cc5099ef6a7b604a50a93affbbee33',
      'data/evaluation': '8d04288aac3146b7c47d0b799c18bc9c0217d838',
    },
  },
]

export function archiveAddress({ repository, commit }: OfficialSet): string {
  return `https://codeload.github.com/${repository}/tar.gz/${commit}`
}

/** Whether a file of the repository is kept: what is pinned, and the licence under which it is. */
export function isKept({ trees }: OfficialSet, path: string): boolean {
  return /^licen[cs]e[^/]*$/i.test(path) || Object.keys(trees).some((tree) => path.startsWith(`${tree}/`))
}
