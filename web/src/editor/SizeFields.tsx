import { useState, type FormEvent } from 'react'
import { maxSide, type Grid } from '../../../src/domain/grids/grid.ts'
import { heightOf, widthOf } from '../grid/edit-grid.ts'
import type { Dispatch } from './sessions.ts'
import styles from './SizeFields.module.css'

/** Height and width; a new size keeps the cells in the upper left. */
export function SizeFields({ grid, dispatch }: { readonly grid: Grid; readonly dispatch: Dispatch }) {
  const [height, width] = [heightOf(grid), widthOf(grid)]
  return (
    <span className={styles.sizeFields}>
      <SizeField
        title="Rows"
        value={height}
        onChange={(value) => dispatch({ type: 'resize', height: value, width })}
        onRefuse={(text) => dispatch({ type: 'say', text })}
      />
      <span aria-hidden="true">×</span>
      <SizeField
        title="Columns"
        value={width}
        onChange={(value) => dispatch({ type: 'resize', height, width: value })}
        onRefuse={(text) => dispatch({ type: 'say', text })}
      />
    </span>
  )
}

interface SizeFieldProps {
  readonly title: string
  readonly value: number
  readonly onChange: (value: number) => void
  /** Says why a size is not taken. */
  readonly onRefuse: (text: string) => void
}

function SizeField({ title, value, onChange, onRefuse }: SizeFieldProps) {
  // While typing, a field may hold an invalid size.
  const [typed, setTyped] = useState<string | null>(null)
  const take = (text: string) => {
    const number = Number(text)
    if (text.trim() === '' || !Number.isInteger(number) || number < 1 || number > maxSide) {
      return onRefuse(`a grid has 1 to ${maxSide} ${title.toLowerCase()}, not “${text.trim()}”`)
    }
    if (number !== value) onChange(number)
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (typed !== null) take(typed)
    setTyped(null)
  }
  return (
    <form onSubmit={submit} className={styles.sizeField}>
      <input
        type="number"
        min={1}
        max={maxSide}
        inputMode="numeric"
        aria-label={title}
        title={`${title}, 1 to ${maxSide}`}
        value={typed ?? value}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={(event) => {
          const step = event.key === 'ArrowUp' ? 1 : event.key === 'ArrowDown' ? -1 : 0
          if (step === 0) return
          event.preventDefault()
          setTyped(null)
          take(String(value + step))
        }}
        onBlur={() => {
          if (typed !== null) take(typed)
          setTyped(null)
        }}
      />
    </form>
  )
}
