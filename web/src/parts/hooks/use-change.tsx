import { useRef, useState } from 'react'
import { messageOf } from '../../../../src/domain/message-of.ts'
import { refresh } from '../../data/resources.ts'
import { needPerson } from '../../preferences/person.ts'
import styles from '../SaidLine.module.css'

/** The result of a change, and an undo if there is one. */
export interface Said {
  readonly text: string
  readonly undo?: () => void
  /** Where it belongs, if it is out of place elsewhere; whoever shows it decides. */
  readonly place?: string
}

export type Change = (work: (person: string) => Promise<Said | undefined>) => Promise<boolean>

/**
 * Makes changes that people sign: asks for the name if it is unknown, does the work, and reloads everything that shows the
 * result. Announces the text that the work returns, or the reason for a failure.
 *
 * @returns whether it was done
 */
export function useChange(): { readonly said: Said | undefined; readonly change: Change } {
  const [said, setSaid] = useState<Said>()
  const isUnderWay = useRef(false)
  const change: Change = async (work) => {
    // The second click of a double click requests nothing new.
    if (isUnderWay.current) return false
    isUnderWay.current = true
    setSaid(undefined)
    try {
      const person = await needPerson()
      if (person === undefined) return false
      setSaid(await work(person))
      refresh('/api/')
      return true
    } catch (error) {
      setSaid({ text: messageOf(error) })
      return false
    } finally {
      isUnderWay.current = false
    }
  }
  return { said, change }
}

export function SaidLine({ said }: { readonly said: Said | undefined }) {
  return (
    <p className={styles.saidLine} role="status">
      {said && `${said.text} `}
      {said?.undo && (
        <button type="button" className="plain" onClick={said.undo}>
          Undo
        </button>
      )}
    </p>
  )
}
