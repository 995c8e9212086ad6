import { useMemo, type KeyboardEvent, type RefObject } from 'react'
import { joinClasses } from '../parts/join-classes.ts'
import { programFieldId } from '../sample/ChangeProgramLink.tsx'
import { highlightPython } from '../sample/highlight-python.ts'
import { PythonTokens } from '../sample/PythonTokens.tsx'
import styles from './CodeField.module.css'
import { editCode, type CodeEdit, type CodeKey } from './edit-code.ts'

interface CodeFieldProps {
  readonly field: RefObject<HTMLTextAreaElement | null>
  readonly program: string
  /** Lines to mark, from 1. */
  readonly faulty: ReadonlyMap<number, string>
  readonly onChange: (program: string) => void
  readonly onRun: () => void
  readonly onLeave: () => void
}

/**
 * A text field for Python: the field itself is transparent and lies exactly over its own text in colours. So undo, composing,
 * pasting, spoken text and a phone's keyboard are the browser's own.
 */
export function CodeField({ field, program, faulty, onChange, onRun, onLeave }: CodeFieldProps) {
  const lines = useMemo(() => highlightPython(program), [program])
  const press = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.nativeEvent.isComposing || event.altKey) return
    if (event.key === 'Escape') return onLeave()
    if (event.ctrlKey || event.metaKey) {
      if (event.key !== 'Enter') return
      event.preventDefault()
      return onRun()
    }
    const key = event.key === 'Tab' && event.shiftKey ? 'Shift+Tab' : event.key
    const { value, selectionStart, selectionEnd } = event.currentTarget
    const edit = isCodeKey(key) ? editCode(value, [selectionStart, selectionEnd], key) : undefined
    if (!edit) return
    event.preventDefault()
    applyEdit(event.currentTarget, edit)
  }
  return (
    <div className={styles.frame}>
      <pre className={styles.shown} aria-hidden="true">
        {lines.map((tokens, index) => (
          <code key={index} className={joinClasses(styles.line, faulty.has(index + 1) && styles.faulty)}>
            <PythonTokens tokens={tokens} />
            {'\n'}
          </code>
        ))}
      </pre>
      <textarea
        ref={field}
        id={programFieldId}
        className={styles.field}
        aria-label="Program"
        aria-describedby="program-keys"
        value={program}
        rows={1}
        wrap="off"
        spellCheck={false}
        autoCapitalize="off"
        autoComplete="off"
        autoCorrect="off"
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={press}
      />
    </div>
  )
}

const codeKeys: readonly string[] = ['Tab', 'Shift+Tab', 'Enter', 'Backspace'] satisfies CodeKey[]

function isCodeKey(key: string): key is CodeKey {
  return codeKeys.includes(key)
}

/** As if it had been typed, so that the browser can undo it. */
function applyEdit(field: HTMLTextAreaElement, { from, to, insert, select }: CodeEdit): void {
  field.setSelectionRange(from, to)
  // Deprecated, and still the only way to change a field's text that undo knows of.
  // eslint-disable-next-line typescript/no-deprecated
  if (!document.execCommand?.(insert === '' ? 'delete' : 'insertText', false, insert)) {
    field.setRangeText(insert, from, to)
    field.dispatchEvent(new InputEvent('input', { bubbles: true }))
  }
  field.setSelectionRange(...select)
}
