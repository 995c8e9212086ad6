import type { TaskDocument } from '../../../src/api/documents.ts'
import { packGrid } from '../../../src/domain/grids/pack-grid.ts'
import { Thumbnail } from '../grid/Thumbnail.tsx'
import styles from './TaskStrip.module.css'

const size = 84

/** The task in a line, to look at while one reads about it. */
export function TaskStrip({ task }: { readonly task: TaskDocument }) {
  return (
    // It scrolls, so a keyboard has to get into it.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={styles.strip} role="region" aria-label="The task, small" tabIndex={0}>
      {task.train.map(({ input, output }, index) => (
        <span key={index} className={styles.pair}>
          <Thumbnail packed={packGrid(input)} size={size} /> <span className={styles.arrow}>→</span>{' '}
          <Thumbnail packed={packGrid(output)} size={size} />
        </span>
      ))}
      {task.test_inputs.map((input, index) => (
        <span key={`test ${index}`} className={styles.pair}>
          <Thumbnail packed={packGrid(input)} size={size} /> <span className={styles.arrow}>→ ?</span>
        </span>
      ))}
    </div>
  )
}
