import type { TaskDocument } from '../../../src/api/documents.ts'
import { packGrid } from '../../../src/domain/grids/pack-grid.ts'
import { Thumbnail } from '../grid/Thumbnail.tsx'
import { ScrollRegion } from '../parts/ScrollRegion.tsx'
import styles from './TaskStrip.module.css'

const size = 84

/** The task in a line, to look at while one reads about it. */
export function TaskStrip({ task }: { readonly task: TaskDocument }) {
  return (
    <ScrollRegion className={styles.strip} label="The task, small">
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
    </ScrollRegion>
  )
}
