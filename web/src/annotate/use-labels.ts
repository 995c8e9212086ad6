import { useState } from 'react'
import { messageOf } from '../../../src/domain/message-of.ts'
import type { AnnotateView } from '../address/annotate-views.ts'
import { api, labelQueueAddress, type LabelBody } from '../data/api.ts'
import { refresh } from '../data/resources.ts'
import { subjectAddress } from './addresses.ts'
import type { GivenHere } from './sitting.ts'

interface UnsavedLabel {
  readonly body: LabelBody
  readonly message: string
}

export interface Labels {
  /** Labels given since the page was opened, oldest first. */
  readonly given: readonly GivenHere[]
  /** Labels that the server did not accept. */
  readonly unsaved: readonly UnsavedLabel[]
  readonly give: (body: LabelBody, before: GivenHere['before']) => void
  /** Undoes the last label. @returns that label */
  readonly undo: () => GivenHere | undefined
  readonly saveAgain: () => void
  readonly forget: (unsaved: UnsavedLabel) => void
}

/** Saves labels in the background, so that nobody waits for the server; unsaved ones stay visible. */
export function useLabels(view: AnnotateView): Labels {
  const [given, setGiven] = useState<readonly GivenHere[]>([])
  const [unsaved, setUnsaved] = useState<readonly UnsavedLabel[]>([])

  async function save(body: LabelBody): Promise<void> {
    try {
      await api.putLabel(body)
    } catch (error) {
      setUnsaved((others) => [...others, { body, message: messageOf(error) }])
    }
    refresh(subjectAddress(body.subject, view, body.person))
    refresh(labelQueueAddress)
  }

  return {
    given,
    unsaved,
    give(body, before) {
      setGiven((others) => [...others, { body, before, atMs: performance.now() }])
      void save(body)
    },
    undo() {
      const last = given.at(-1)
      if (last === undefined) return undefined
      setGiven(given.slice(0, -1))
      void save({ ...last.body, ...last.before })
      return last
    },
    saveAgain() {
      setUnsaved([])
      for (const { body } of unsaved) void save(body)
    },
    forget: (label) => setUnsaved((others) => others.filter((other) => other !== label)),
  }
}
