import { useMemo, type ReactNode } from 'react'
import { Markdown } from '../parts/Markdown.tsx'
import { ScrollRegion } from '../parts/ScrollRegion.tsx'
import { PythonCode } from '../sample/PythonCode.tsx'
import styles from './AnswerText.module.css'
import { splitCode } from './split-code.ts'

const noFaults = new Map<number, string>()

interface AnswerTextProps {
  readonly text: string
  /** Buttons below a program. */
  readonly renderTools?: ((program: string) => ReactNode) | undefined
}

/** What a model wrote: Markdown without HTML, programs highlighted. All of it is text, whatever it says. */
export function AnswerText({ text, renderTools }: AnswerTextProps) {
  const parts = useMemo(() => splitCode(text), [text])
  return (
    <div className={styles.answer}>
      {parts.map((part, index) =>
        part.kind === 'text' ? (
          <Markdown key={index} text={part.text} />
        ) : part.language.startsWith('py') ? (
          <div key={index} className={styles.program}>
            <PythonCode program={part.code} faults={noFaults} />
            {renderTools?.(part.code)}
          </div>
        ) : (
          <ScrollRegion as="pre" key={index} className={styles.block} label="Block">
            <code>{part.code}</code>
          </ScrollRegion>
        ),
      )}
    </div>
  )
}
