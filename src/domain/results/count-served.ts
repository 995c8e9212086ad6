import { listServers, type ServedBy } from '../answers/served-by.ts'
import { isCorrectOnTests, type SampleRecord } from '../runs/record.ts'
import { scoreTasks, type Score } from '../scores/score-tallies.ts'
import type { ItemReference } from '../tasks/item.ts'
import type { TaskPairs } from '../tasks/task.ts'

/** Who answered the recorded samples of a run. */
export interface ServedCounts {
  /** Per host and snapshot, most samples first. One, unless the name of the model stands for several. */
  readonly by: readonly ServedShare[]
  /** Samples of several requests that were not all answered by the same one: they count for none of them. */
  readonly mixed_samples: number
  /** Samples of which no reply says who answered, rejected ones included. */
  readonly unknown_samples: number
  /** How many samples name them; a sample may name several. */
  readonly service_tiers: Readonly<Record<string, number>>
  readonly system_fingerprints: Readonly<Record<string, number>>
  readonly base_urls: Readonly<Record<string, number>>
}

/** A host and a snapshot, and the samples that they alone answered. */
export interface ServedShare {
  readonly host: string | null
  readonly model: string | null
  readonly samples: number
  /** Per dataset and split; null if samples are not judged. */
  readonly scores: readonly ServedScore[] | null
}

export interface ServedScore {
  readonly dataset: string
  readonly split: string
  /** Tasks with a sample of theirs, and how many samples those are: a score covers only these. */
  readonly tasks: number
  readonly samples: number
  /** Mean over these tasks of the share of these samples that is right on all test outputs. */
  readonly pass_at_1: Score
}

interface TaskShare {
  readonly split: readonly [dataset: string, split: string]
  readonly samples: number
  readonly right: number
}

const nobody = Symbol('nobody')
const several = Symbol('several')

/** @param judged whether samples are right or wrong */
export function createServedCounter(judged: boolean) {
  const shares = new Map<string, { readonly name: Pick<ServedBy, 'host' | 'model'>; readonly tasks: TaskShare[] }>()
  const kinds = {
    service_tier: new Map<string, number>(),
    system_fingerprint: new Map<string, number>(),
    base_url: new Map<string, number>(),
  }
  let mixed = 0
  let unknown = 0
  return {
    add({ dataset, split }: ItemReference, task: TaskPairs, samples: readonly SampleRecord[]): void {
      const groups = Map.groupBy(samples, (sample) => nameServers(listServersOf(sample)))
      for (const [key, members] of groups) {
        if (key === nobody) unknown += members.length
        else if (key === several) mixed += members.length
        else if (typeof key === 'string') {
          const [host, model] = JSON.parse(key) as [string | null, string | null] // as nameServers writes it
          const share = shares.get(key) ?? { name: { host, model }, tasks: [] }
          shares.set(key, share)
          const right = judged ? members.filter((sample) => isCorrectOnTests(sample, task)).length : 0
          share.tasks.push({ split: [dataset, split], samples: members.length, right })
        }
      }
      for (const sample of samples) {
        for (const [kind, counts] of Object.entries(kinds)) {
          const names = new Set(listServersOf(sample).flatMap((server) => server[kind as keyof typeof kinds] ?? []))
          for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
        }
      }
    },
    counts: (): ServedCounts => ({
      by: [...shares.values()]
        .map(({ name, tasks }) => ({ ...name, samples: sumSamples(tasks), scores: judged ? scoreShare(tasks) : null }))
        .sort((a, b) => b.samples - a.samples || (nameServed(a) < nameServed(b) ? -1 : 1)),
      mixed_samples: mixed,
      unknown_samples: unknown,
      service_tiers: sortCounts(kinds.service_tier),
      system_fingerprints: sortCounts(kinds.system_fingerprint),
      base_urls: sortCounts(kinds.base_url),
    }),
  }
}

/** `Azure, gpt-5-2026-08-07`. */
export function nameServed({ host, model }: Pick<ServedBy, 'host' | 'model'>): string {
  return [host, model].filter((name) => name !== null).join(', ') || 'unnamed'
}

function listServersOf({ rounds }: SampleRecord): ServedBy[] {
  return listServers(rounds.flatMap(({ served_by }) => served_by ?? []))
}

function nameServers(servers: readonly ServedBy[]): string | typeof nobody | typeof several {
  const names = new Set(servers.map(({ host, model }) => JSON.stringify([host, model])))
  const [name, ...others] = names
  return others.length > 0 ? several : (name ?? nobody)
}

function scoreShare(tasks: readonly TaskShare[]): ServedScore[] {
  return [...Map.groupBy(tasks, ({ split }) => JSON.stringify(split))]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, members]) => {
      const [first] = members
      if (first === undefined) return []
      const [dataset, split] = first.split
      const score = scoreTasks(members, ({ right, samples }) => right / samples)
      return [{ dataset, split, tasks: members.length, samples: sumSamples(members), pass_at_1: score }]
    })
}

function sumSamples(tasks: readonly TaskShare[]): number {
  return tasks.reduce((sum, { samples }) => sum + samples, 0)
}

function sortCounts(counts: ReadonlyMap<string, number>): Record<string, number> {
  return Object.fromEntries([...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)))
}
