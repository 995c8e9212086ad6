import { nameSubject, type GivenLabel, type Label } from './label.ts'

/** The labels that count, by subject and person. */
export interface LabelBook {
  /** By person; empty if nobody labelled it. @param subject see `nameSubject` */
  of(subject: string): ReadonlyMap<string, GivenLabel>
  list(): GivenLabel[]
}

const nobody: ReadonlyMap<string, GivenLabel> = new Map()

/** Reads labels in the order in which they were given: a later one of the same person replaces the earlier one. */
export function createLabelBook(): LabelBook & { put(label: Label): void; clear(): void } {
  const bySubject = new Map<string, Map<string, GivenLabel>>()
  return {
    of: (subject) => bySubject.get(subject) ?? nobody,
    list: () => [...bySubject.values()].flatMap((labels) => [...labels.values()]),
    put(label) {
      const subject = nameSubject(label)
      const labels = bySubject.get(subject) ?? new Map<string, GivenLabel>()
      labels.delete(label.person)
      if (isGiven(label)) labels.set(label.person, label)
      if (labels.size > 0) bySubject.set(subject, labels)
      else bySubject.delete(subject)
    },
    clear: () => bySubject.clear(),
  }
}

function isGiven(label: Label): label is GivenLabel {
  return label.label !== null
}
