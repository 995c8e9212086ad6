import { useSyncExternalStore } from 'react'
import { api } from '../data/api.ts'
import { refresh } from '../data/resources.ts'
import { readStored, store, useStored } from './stored.ts'

/*
 * Who signs. The name is given once and kept in the browser; until then progress belongs to a guest, a different one in each
 * browser.
 */

const guest = readStored('guest') ?? makeGuest()

interface NameQuestion {
  readonly answer: (name: string | undefined) => void
}

let question: NameQuestion | undefined
const listeners = new Set<() => void>()

/** The name for progress; a guest's is generated, and nobody sees it. */
export function usePerson(): string {
  return useStored('person') ?? guest
}

/** The name that the person gave. */
export function useGivenName(): string | undefined {
  return useStored('person')
}

function makeGuest(): string {
  const name = `guest-${Math.random().toString(36).slice(2, 10)}`
  store('guest', name)
  return name
}

/** The person's name; asks for it if it is unknown. @returns undefined if they decline */
export async function needPerson(): Promise<string | undefined> {
  return readStored('person') ?? askPerson()
}

export function askPerson(): Promise<string | undefined> {
  question?.answer(undefined)
  return new Promise((resolve) => {
    ask({ answer: resolve })
  })
}

/** The open question for a name, for the one dialog that asks. */
export function useQuestion(): NameQuestion | undefined {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => question,
  )
}

/** Ends the question: with a name, which is kept, or without one. */
export async function answerQuestion(answer: string | undefined): Promise<void> {
  const openQuestion = question
  ask(undefined)
  const name = answer?.trim()
  if (!name) return openQuestion?.answer(undefined)
  const isFirst = readStored('person') === undefined
  store('person', name)
  openQuestion?.answer(name)
  if (!isFirst) return
  await api.adopt(guest, name).catch(() => {}) // What the guest solved stays the guest's.
  refresh('/api/progress')
}

function ask(next: NameQuestion | undefined): void {
  question = next
  for (const listener of listeners) listener()
}
