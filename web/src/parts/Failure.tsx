import { refresh } from '../data/resources.ts'

interface FailureProps {
  readonly title: string
  readonly error: Error
}

/** What went wrong, in the server's words, and a button to retry. */
export function Failure({ title, error }: FailureProps) {
  return (
    <main className="message" id="main">
      <h1>{title}</h1>
      <p role="alert">{error.message}</p>
      <button type="button" onClick={() => refresh('')}>
        Try again
      </button>
    </main>
  )
}
