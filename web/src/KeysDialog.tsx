import { useRef } from 'react'
import { currentSource } from './data/source.ts'
import { editorKeys, type KeyHelp } from './editor/keys.ts'
import styles from './KeysDialog.module.css'
import { useKeys } from './parts/hooks/use-keys.ts'

const pageKeys: readonly KeyHelp[] = [
  { keys: ['N', 'P'], does: 'next and previous task' },
  { keys: ['Z'], does: 'enlarge a train pair' },
  { keys: ['X'], does: 'a random task' },
  { keys: ['T'], does: 'the next test input; with Shift the one before' },
  { keys: ['[', ']'], does: 'the version before and after' },
  { keys: ['G'], does: 'go to a task by id or number' },
  { keys: ['?'], does: 'show these keys' },
]

const sampleKeys: readonly KeyHelp[] = [
  { keys: ['N', 'P'], does: 'next and previous sample that passes the filter' },
  { keys: ['[', ']'], does: 'the sample before and after' },
  { keys: ['E'], does: 'show or hide the expected outputs' },
  { keys: ['V'], does: 'overlay, side by side, blink' },
]

const annotateKeys: readonly KeyHelp[] = [
  { keys: ['1', '…', '4'], does: 'label: right, right by luck, wrong, unclear' },
  { keys: ['U'], does: 'take the last label back' },
  { keys: ['N', 'P'], does: 'next and previous text, without labelling' },
  { keys: ['M'], does: 'write a note' },
  { keys: ['O'], does: 'show or hide the verdict' },
]

/** All keys, shown by `?`. */
export function KeysDialog() {
  const dialog = useRef<HTMLDialogElement>(null)
  useKeys((event) => {
    if (event.key !== '?') return
    event.preventDefault()
    dialog.current?.showModal()
  })
  return (
    <>
      <button
        type="button"
        className={styles.showKeys}
        title="Keys (?)"
        aria-label="Show keys"
        onClick={() => dialog.current?.showModal()}
      >
        Keys <kbd aria-hidden="true">?</kbd>
      </button>
      <dialog ref={dialog} className={styles.keys} aria-labelledby="keys-title">
        <form method="dialog">
          <div className="dialog-head">
            <h2 id="keys-title">Keys</h2>
            <button type="submit">Close</button>
          </div>
          {currentSource().isLive && (
            <>
              <h3>Editor</h3>
              <KeyList list={editorKeys} />
              <h3>Tasks</h3>
              <KeyList list={pageKeys} />
            </>
          )}
          <h3>Samples of runs</h3>
          <KeyList list={sampleKeys} />
          <h3>Labels</h3>
          <KeyList list={annotateKeys} />
        </form>
      </dialog>
    </>
  )
}

function KeyList({ list }: { readonly list: readonly KeyHelp[] }) {
  return (
    <dl>
      {list.map(({ keys, does }) => (
        <div key={does}>
          <dt>{keys.map((key) => (key === '…' ? <span key={key}>…</span> : <kbd key={key}>{key}</kbd>))}</dt>
          <dd>{does}</dd>
        </div>
      ))}
    </dl>
  )
}
