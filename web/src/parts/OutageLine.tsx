import { useOutage } from '../data/outage.ts'
import styles from './OutageLine.module.css'

/** Says that the server is away, as long as it is. */
export function OutageLine() {
  const isAway = useOutage()
  return (
    <div role="status">
      {isAway && (
        <p className={styles.outage}>
          No connection to the server. The page tries again by itself; what you draw and write is kept.
        </p>
      )}
    </div>
  )
}
