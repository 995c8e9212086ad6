import type { LabelSubject } from '../../../src/domain/labels/label.ts'
import { listAnnotateView, listSubject, type AnnotateView } from '../address/annotate-views.ts'
import { withQuery } from '../address/parameters.ts'
import { labelQueueAddress, labelSubjectAddress } from '../data/api.ts'

/** The requested queue, around the current place. */
export function queueAddress(view: AnnotateView, person: string): string {
  // The verdict belongs to the texts, and does not change the queue.
  const choice = listAnnotateView(view).filter(([name]) => name !== 'outcome')
  return withQuery(labelQueueAddress, [...choice, ['person', person]])
}

export function subjectAddress(subject: LabelSubject, { outcome }: AnnotateView, person: string): string {
  return withQuery(labelSubjectAddress, [...listSubject(subject), ['outcome', outcome && 'yes'], ['person', person]])
}
