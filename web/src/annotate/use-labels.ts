import { useState } from 'react'
import { messageOf } from '../../../src/domain/message-of.ts'
import type { AnnotateView } from '../address/annotate-views.ts'
import { api, labelQueueAddress, type LabelBody } from '../data/api.ts'
import { refresh } from '../data/resources.ts'
import { subjectAddress } from './addresses.ts'
import type { RecentLabel } from './sitting.ts'

interface UnsavedLabel {
  readonly body: LabelBody
  readonly message: string
}

export interface Labels {
  /** Labels given since the page was opened, oldest first. */
  readonly recent: readonly RecentLabel[]
  /** Labels that the server did not accept. */
  readonly unsaved: readonly UnsavedLabel[]
  readonly give: (body: LabelBody, before: RecentLabel['before']) => void
  /** Undoes the last label. @returns that label */
  readonly undo: () => RecentLabel | undefined
  readonly saveAgain: () => void
  readonly forget: (unsaved: UnsavedLabel) => void
}

/** Saves labels in the background, so that nobody waits for the server; unsaved ones stay visible. */
export function useLabels(view: AnnotateView): Labels {
  const [recent, setRecent] = useState<readonly RecentLabel[]>([])
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
    recent,
    unsaved,
    give(body, before) {
      setRecent((others) => [...others, { body, before, atMs: performance.now() }])
      void save(body)
    },
    undo() {
      const last = recent.at(-1)
      if (last === undefined) return undefined
      setRecent(recent.slice(0, -1))
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
