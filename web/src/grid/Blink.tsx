import { useEffect, useState } from 'react'
import type { Grid } from '../../../src/domain/grids/grid.ts'
import styles from './Blink.module.css'
import { heightOf, widthOf } from './edit-grid.ts'
import { Cells, Sheet } from './GridPicture.tsx'

interface BlinkProps {
  readonly got: Grid
  readonly other: Grid
  readonly gotTitle: string
  readonly otherTitle: string
  readonly cell: number
}

/** Slow enough to be harmless, and quick enough for the eye to catch what changes. */
const eachMs = 800

/**
 * Shows two grids alternately in the same place, on a sheet of the larger size. People who prefer reduced motion switch by hand;
 * everyone can stop it.
 */
export function Blink({ got, other, gotTitle, otherTitle, cell }: BlinkProps) {
  const [isOther, setOther] = useState(false)
  const [isRunning, setRunning] = useState(() => !prefersLessMotion())
  useEffect(() => {
    if (!isRunning) return undefined
    const timer = setInterval(() => setOther((shown) => !shown), eachMs)
    return () => clearInterval(timer)
  }, [isRunning])
  const title = isOther ? otherTitle : gotTitle
  return (
    <div className={styles.blink}>
      <span className={styles.title}>{title}</span>
      <Sheet
        rows={Math.max(heightOf(got), heightOf(other))}
        columns={Math.max(widthOf(got), widthOf(other))}
        cell={cell}
        label={isRunning ? `${gotTitle} and ${otherTitle} in turn` : title}
      >
        <Cells grid={isOther ? other : got} cell={cell} />
      </Sheet>
      <span className={styles.buttons}>
        <button
          type="button"
          onClick={() => {
            setRunning(false)
            setOther(!isOther)
          }}
        >
          Turn
        </button>
        <button type="button" aria-pressed={isRunning} onClick={() => setRunning(!isRunning)}>
          Blink
        </button>
      </span>
    </div>
  )
}

function prefersLessMotion(): boolean {
  // jsdom does not have it.
  return typeof matchMedia === 'function' && matchMedia('(prefers-reduced-motion: reduce)').matches
}
