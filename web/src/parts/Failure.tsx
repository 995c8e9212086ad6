import type { ReactNode } from 'react'
import { isMissing } from '../data/api-problem.ts'
import { refresh } from '../data/resources.ts'

interface FailureProps {
  readonly title: string
  readonly error: Error
  /** A link to where there is something, for a thing that does not exist. */
  readonly wayBack?: ReactNode
  /** What can be shown all the same, below. */
  readonly children?: ReactNode
}

/** What went wrong, in the server's words, with a button to retry; or a way back from what does not exist. */
export function Failure({ title, error, wayBack, children }: FailureProps) {
  return (
    <main className="message" id="main">
      <h1>{title}</h1>
      <p role="alert">{error.message}</p>
      {wayBack !== undefined && isMissing(error) ? (
        wayBack
      ) : (
        <button type="button" onClick={() => refresh('')}>
          Try again
        </button>
      )}
      {children}
    </main>
  )
}
