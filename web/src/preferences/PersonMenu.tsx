import { useLayoutEffect, useRef, useState } from 'react'
import { answerQuestion, askPerson, useGivenName, useQuestion } from './person.ts'
import styles from './PersonMenu.module.css'

/** The name under which versions, traces, votes, labels and discussions are kept. */
export function PersonMenu() {
  const name = useGivenName()
  return (
    <button type="button" className={styles.person} onClick={() => void askPerson()} title="The name you sign with">
      {name ?? 'Your name…'}
    </button>
  )
}

/** Asks for the name, whoever wants to know it. */
export function PersonDialog() {
  const name = useGivenName()
  const question = useQuestion()
  const dialog = useRef<HTMLDialogElement>(null)
  // Before anybody misses the focus, the dialog gives it back to where it was.
  useLayoutEffect(() => {
    if (question) dialog.current?.showModal()
    else dialog.current?.close()
  }, [question])
  return (
    <dialog ref={dialog} aria-labelledby="person-title" onClose={() => question && void answerQuestion(undefined)}>
      {question && <PersonForm initial={name ?? ''} />}
    </dialog>
  )
}

function PersonForm({ initial }: { readonly initial: string }) {
  const [typed, setTyped] = useState(initial)
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        void answerQuestion(typed)
      }}
    >
      <h2 id="person-title">Your name</h2>
      <p>Versions, traces, votes, labels and discussions are kept under it. This browser remembers it.</p>
      <input
        aria-label="Your name"
        dir="auto"
        value={typed}
        maxLength={60}
        required
        autoComplete="off"
        onChange={(event) => setTyped(event.target.value)}
      />
      <div className="buttons">
        <button type="submit" className="primary">
          Save
        </button>
        <button type="button" onClick={() => void answerQuestion(undefined)}>
          Cancel
        </button>
      </div>
    </form>
  )
}
