import { useState } from 'react'
import type { SampleDocument } from '../../../src/api/documents.ts'
import type { Grid } from '../../../src/domain/grids/grid.ts'
import { messageOf } from '../../../src/domain/message-of.ts'
import styles from './CopyButtons.module.css'
import { renderPrompt, renderSampleJson, renderSampleNumpy } from './render-copies.ts'

interface CopyButtonsProps {
  readonly document: SampleDocument
  readonly expected: readonly (Grid | null)[] | undefined
}

/** Copies a sample: its grids, or its prompt. */
export function CopyButtons({ document, expected }: CopyButtonsProps) {
  const [said, setSaid] = useState('')
  const copy = async (what: string, text: string) => {
    try {
      await navigator.clipboard.writeText(text)
      setSaid(`${what} copied.`)
    } catch (error) {
      setSaid(`Nothing was copied: ${messageOf(error)}`)
    }
  }
  const messages = document.rounds[document.chosen]?.calls.flatMap((call) => call.messages) ?? []
  return (
    <span className={styles.buttons} role="group" aria-label="Copy">
      <button type="button" onClick={() => void copy('JSON', renderSampleJson(document, expected))}>
        Copy JSON
      </button>
      <button type="button" onClick={() => void copy('NumPy', renderSampleNumpy(document, expected))}>
        Copy NumPy
      </button>
      {messages.length > 0 && (
        <button type="button" onClick={() => void copy('The prompt', renderPrompt(messages))}>
          Copy prompt
        </button>
      )}
      <span className="hint" role="status">
        {said}
      </span>
    </span>
  )
}
