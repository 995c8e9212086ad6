import { memo } from 'react'
import type { TaskSummary } from '../../../src/api/documents.ts'
import { count } from '../../../src/domain/count.ts'
import { Link } from '../address/Link.tsx'
import { plainView, type Filters } from '../address/route.ts'
import { Thumbnail } from '../grid/Thumbnail.tsx'
import { SolvedMark } from '../parts/SolvedMark.tsx'
import styles from './GalleryPage.module.css'
import { useNearby } from './use-nearby.ts'

const thumbnailSize = 88

interface TaskCardProps {
  readonly task: TaskSummary
  readonly filters: Filters
  readonly isSolved: boolean
  /** How often it was solved, in words. */
  readonly rates: string
}

/** Drawn when it comes near the window; until then it only reserves its space. */
export const TaskCard = memo(function TaskCard({ task, filters, isSolved, rates }: TaskCardProps) {
  const [place, isNear] = useNearby<HTMLLIElement>()
  const { key, task_id: id, places, train, test } = task
  const where = places.map(({ dataset, split }) => (split === 'all' ? dataset : `${dataset} · ${split}`)).join(', ')
  return (
    <li className={styles.card} ref={place}>
      <Link to={{ page: 'task', key, view: plainView, filters }} className={styles.cardLink}>
        <span className={styles.cardPicture}>
          {isNear && (
            <>
              <Thumbnail packed={task.input} size={thumbnailSize} />
              <span className={styles.arrow} aria-hidden="true">
                →
              </span>
              <Thumbnail packed={task.output} size={thumbnailSize} />
            </>
          )}
        </span>
        <span className={styles.cardName}>
          <span className={styles.cardKey}>
            {id}
            {/* Tells tasks of one id apart. */}
            {key !== id && key.startsWith(id) && <span className={styles.cardHash}>{key.slice(id.length)}</span>}
          </span>
          {isSolved && <SolvedMark />}
        </span>
        <span className={styles.cardFacts}>
          <span className={styles.cardPlace}>{where}</span>
          <span className="visually-hidden">, </span>
          <span title={`${count(train, 'train pair')}, ${count(test, 'test input')}`}>
            {train} train, {test} test
          </span>
        </span>
        <span className={styles.cardRates} title={rates}>
          {rates && <span className="visually-hidden">, </span>}
          {rates}
        </span>
      </Link>
    </li>
  )
})
