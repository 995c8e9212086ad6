import { useLayoutEffect, useRef } from 'react'
import type { TaskDocument } from '../../../../src/api/documents.ts'
import { packTransforms } from '../../../../src/domain/grids/transforms/pack-transforms.ts'
import type { View } from '../../address/route.ts'
import { api } from '../../data/api.ts'
import { useChange, type Said } from '../../parts/hooks/use-change.tsx'

interface Signing {
  /** What was done last, as long as the version that it is about is shown. */
  readonly said: Said | undefined
  readonly sign: () => void
  readonly remove: (version: number) => void
}

/** Signs the shown version, removes one and brings it back; each leads to the version that it is about. */
export function useSigning(task: TaskDocument, view: View, onView: (view: View) => void): Signing {
  const { said, change } = useChange()
  const here = useRef<{ readonly view: View; readonly onView: (view: View) => void }>(undefined)
  useLayoutEffect(() => {
    here.current = { view, onView }
    return () => {
      here.current = undefined
    }
  })
  /** Shows the version that an answer brings, unless the person has moved on to something else. @returns what is then shown */
  const follow = () => {
    const from = here.current?.view
    return (version: number) => {
      const now = here.current
      if (!now || now.view !== from) return placeOf(now?.view ?? view)
      now.onView({ ...now.view, version, steps: [] })
      return placeOf({ version, steps: [] })
    }
  }
  const sign = () =>
    change(async (person) => {
      const showNext = follow()
      const { version, outcome } = await api.sign(task.key, view, person)
      return { place: showNext(version), text: signedWords[outcome](version) }
    })
  const remove = (version: number) =>
    change(async (person) => {
      const showNext = follow()
      await api.removeVersion(task.key, version, person)
      const undo = () => void restore(version)
      return { place: showNext(0), text: `Version ${version} was removed.`, undo }
    })
  const restore = (version: number) =>
    change(async (person) => {
      const showNext = follow()
      await api.restoreVersion(task.key, version, person)
      return { place: showNext(version), text: `Version ${version} is back.` }
    })
  return {
    said: said?.place === undefined || said.place === placeOf(view) ? said : undefined,
    sign: () => void sign(),
    remove: (version) => void remove(version),
  }
}

function placeOf({ version, steps }: Pick<View, 'version' | 'steps'>): string {
  return `${version} ${packTransforms(steps)}`
}

const signedWords = {
  added: (version: number) => `Signed as version ${version}.`,
  signed: (version: number) => `This is version ${version} already; your name was added.`,
  unchanged: (version: number) => `You have already signed it, as version ${version}.`,
} as const
