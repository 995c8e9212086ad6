import { useEffect, useRef, useState } from 'react'
import { answerQuestion, askPerson, useGivenName, useQuestion } from './person.ts'
import styles from './PersonMenu.module.css'

/** The name that signs versions, traces and votes. */
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
  useEffect(() => {
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
      <p>It signs versions, traces and votes, and is kept in this browser.</p>
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
