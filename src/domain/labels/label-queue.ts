import type { LabelBook } from './label-book.ts'
import { nameSubject, pickSubject, type GivenLabel, type LabelSubject } from './label.ts'

/** A text that may be labelled, and what the queue needs to know about it. */
export interface QueueUnit {
  readonly subject: LabelSubject
  /** See `nameSubject`. */
  readonly name: string
  /** Whether its program is right on every train pair. */
  readonly passedTrain: boolean
  /** Where it is known without reading the text: labels of another text do not count then. */
  readonly textHash?: string
}

export const sampleFilters = ['all', 'passed-train'] as const
export const labelFilters = ['open', 'all', 'second', 'disagree'] as const
export const queueOrders = ['task', 'mixed'] as const

/** What somebody wants to label. */
export interface QueueChoice {
  readonly person: string
  readonly samples: (typeof sampleFilters)[number]
  /**
   * `open`: not labelled by this person; `second`: nor by this person, but by somebody else; `disagree`: two people's labels
   * differ.
   */
  readonly labels: (typeof labelFilters)[number]
  /** `task`: all samples of a task after each other; `mixed`: scattered, in the same order for everybody. */
  readonly order: (typeof queueOrders)[number]
}

/** The part of a queue around one place. */
export interface QueueWindow {
  /** Texts that the choice of samples leaves, and how many of them this person has labelled. */
  readonly total: number
  readonly labelled: number
  /** Those that the choice of labels leaves as well. */
  readonly matching: number
  /** The place, or else the first that matches; null if nothing does. */
  readonly here: LabelSubject | null
  /** The one before that matches or that this person has labelled, so that one can go back to it. */
  readonly before: LabelSubject | null
  /** The next ones that match. */
  readonly after: readonly LabelSubject[]
}

/** Enough for a minute of quick work. */
const maxAhead = 12

/**
 * Looks at a queue from one place. The order does not depend on who asks or what is labelled, so two people who begin at the
 * start label the same texts.
 *
 * @param at the place; from the start if it is undefined, or not among the units
 */
export function viewQueue(
  units: readonly QueueUnit[],
  choice: QueueChoice,
  book: LabelBook,
  at: LabelSubject | undefined,
): QueueWindow {
  const { person, samples, order } = choice
  const chosen = units.filter(({ passedTrain }) => samples === 'all' || passedTrain)
  const arranged = order === 'mixed' ? scatter(chosen) : chosen
  const place = at === undefined ? undefined : nameSubject(at)
  const after: LabelSubject[] = []
  let [labelled, matching, isPast] = [0, 0, place === undefined]
  let before: LabelSubject | null = null
  let first: LabelSubject | null = null
  for (const unit of arranged) {
    const labels = listLabels(unit, book)
    const isMine = labels.some((label) => label.person === person)
    const isMatch = matches(labels, isMine, choice)
    if (isMine) labelled += 1
    if (isMatch) {
      matching += 1
      first ??= unit.subject
    }
    if (unit.name === place) isPast = true
    else if (isPast && isMatch && after.length < maxAhead) after.push(unit.subject)
    else if (!isPast && (isMatch || isMine)) before = unit.subject
  }
  const counts = { total: chosen.length, labelled, matching }
  if (place === undefined) return { ...counts, here: first, before: null, after: after.slice(1) }
  const here = at === undefined ? null : pickSubject(at)
  return { ...counts, here, before: isPast ? before : null, after: isPast ? after : first === null ? [] : [first] }
}

const noLabels: readonly GivenLabel[] = []

function matches(labels: readonly GivenLabel[], isMine: boolean, { labels: filter }: QueueChoice): boolean {
  switch (filter) {
    case 'all':
      return true
    case 'open':
      return !isMine
    case 'second':
      return !isMine && labels.length > 0
    case 'disagree':
      return labels.some(({ label, text_hash }, index) =>
        labels.slice(index + 1).some((other) => other.text_hash === text_hash && other.label !== label),
      )
  }
}

function listLabels({ name, textHash }: QueueUnit, book: LabelBook): readonly GivenLabel[] {
  const byPerson = book.of(name)
  if (byPerson.size === 0) return noLabels
  const labels = [...byPerson.values()]
  return textHash === undefined ? labels : labels.filter((label) => label.text_hash === textHash)
}

const places = new WeakMap<QueueUnit, number>()

/** Found once per unit: a queue of thousands is arranged for each text that somebody reads. */
function findPlace(unit: QueueUnit): number {
  const place = places.get(unit) ?? hashName(unit.name)
  places.set(unit, place)
  return place
}

/** More units than a queue has; a place and an index below it fit into one number. */
const maxUnits = 2 ** 21

/** An order that looks random and is always the same. */
function scatter(units: readonly QueueUnit[]): QueueUnit[] {
  // Numbers sort much faster than objects.
  const numbers = new Float64Array(units.map((unit, index) => findPlace(unit) * maxUnits + index)).sort()
  const arranged: QueueUnit[] = []
  for (const number of numbers) {
    const unit = units[number % maxUnits]
    if (unit !== undefined) arranged.push(unit)
  }
  return arranged
}

/** FNV-1a in 32 bits, with the finish of MurmurHash3, since names that differ in their last digit alone stay close otherwise. */
function hashName(name: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < name.length; index += 1) {
    hash = Math.imul(hash ^ name.charCodeAt(index), 0x01000193)
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}
