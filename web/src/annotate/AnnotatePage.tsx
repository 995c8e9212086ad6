import type { AnnotateView } from '../address/annotate-views.ts'
import { useTitle } from '../parts/hooks/use-title.ts'
import { askPerson, useGivenName } from '../preferences/person.ts'
import { queueAddress } from './addresses.ts'
import styles from './AnnotatePage.module.css'
import { LabelDesk } from './LabelDesk.tsx'
import { SourceChoice } from './SourceChoice.tsx'
import { useLabels } from './use-labels.ts'

/** Labels reasoning: first choose the source, then go through one text after another. */
export function AnnotatePage({ view }: { readonly view: AnnotateView }) {
  const person = useGivenName()
  // Kept while the user changes the queue.
  const labels = useLabels(view)
  useTitle('Annotate')
  if (view.runs === undefined && view.traces === undefined && view.at === undefined) return <SourceChoice />
  if (person === undefined) {
    return (
      <main className="message" id="main">
        <h1 tabIndex={-1}>Who labels?</h1>
        <p>Labels are kept under your name, so that they can be compared with other people’s.</p>
        <button type="button" className="primary" onClick={() => void askPerson()}>
          Give your name
        </button>
      </main>
    )
  }
  const { at: _, ...choice } = view
  return (
    <main className={styles.page} id="main">
      <LabelDesk key={queueAddress(choice, person)} view={view} person={person} labels={labels} />
    </main>
  )
}
