import { useState, type ReactNode } from 'react'
import type { DistanceDocument, SubmissionDocument } from '../../../../src/api/documents.ts'
import type { Grid } from '../../../../src/domain/grids/grid.ts'
import { packGrid } from '../../../../src/domain/grids/pack-grid.ts'
import { messageOf } from '../../../../src/domain/message-of.ts'
import { api, type TaskView } from '../../data/api.ts'
import { refresh } from '../../data/resources.ts'
import { useProgress } from '../../parts/hooks/use-catalogue.ts'
import { useKeys } from '../../parts/hooks/use-keys.ts'
import { joinClasses } from '../../parts/join-classes.ts'
import styles from './Answer.module.css'
import { describeDistance, describeProgress, describeVerdict } from './describe-answer.ts'

interface AnswerProps {
  readonly taskKey: string
  readonly view: TaskView
  /** Content hash of the shown task: progress is stored by it. */
  readonly hash: string
  readonly test: number
  readonly grid: Grid
  /** Whether the person drew in it; submitting an untouched grid counts as no try. */
  readonly isTouched: boolean
  readonly person: string
  /** Continues once the answer is right. */
  readonly next: ReactNode
  readonly onMarks: (marks: ReadonlySet<string>) => void
}

type Said =
  | { readonly kind: 'verdict'; readonly grid: string; readonly document: SubmissionDocument }
  | { readonly kind: 'distance'; readonly grid: string; readonly document: DistanceDocument }
  | { readonly kind: 'failed'; readonly grid: string; readonly message: string }

/** Submit, and the distance on request. A message belongs to one grid and disappears when the grid changes. */
export function Answer({ taskKey, view, hash, test, grid, isTouched, person, next, onMarks }: AnswerProps) {
  const [said, setSaid] = useState<Said>()
  const [isWaiting, setWaiting] = useState(false)
  const testProgress = useProgress().views[hash]?.[test]
  const packed = packGrid(grid)
  const current = said?.grid === packed ? said : undefined
  const ask = async (question: () => Promise<Said>) => {
    if (isWaiting) return
    setWaiting(true)
    try {
      setSaid(await question())
    } catch (error) {
      setSaid({ kind: 'failed', grid: packed, message: messageOf(error) })
    } finally {
      setWaiting(false)
    }
  }
  const submit = async () => {
    // A second click, or a key held down, is not a second submission of the same grid.
    if (current?.kind === 'verdict') return
    if (!isTouched) {
      setSaid({ kind: 'failed', grid: packed, message: 'Draw the output first. No try was used.' })
      return
    }
    await ask(async () => {
      const document = await api.submit(taskKey, view, { test, grid, person })
      refresh('/api/progress')
      return { kind: 'verdict', grid: packed, document }
    })
  }
  useKeys((event) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    void submit()
  })
  const measure = (cells: boolean) =>
    ask(async () => {
      const document = await api.measureDistance(taskKey, view, { test, grid, cells })
      if (document.differing) onMarks(new Set(document.differing.map(([row, column]) => `${row},${column}`)))
      return { kind: 'distance', grid: packed, document }
    })
  const distance = current?.kind === 'distance' ? current.document.distance : undefined
  const canShowCells =
    distance?.kind === 'same-size' &&
    distance.differing > 0 &&
    current?.kind === 'distance' &&
    current.document.differing === undefined
  return (
    <div className={styles.answer}>
      <div className={styles.answerButtons}>
        <button
          type="button"
          className="primary"
          title="Submit (Ctrl+Enter)"
          aria-disabled={isWaiting}
          onClick={() => void submit()}
        >
          Submit
        </button>
        <button
          type="button"
          aria-disabled={isWaiting}
          title="Says how many cells differ, which gives away part of the answer"
          onClick={() => void measure(canShowCells)}
        >
          {canShowCells ? 'Show which cells' : 'How far off?'}
        </button>
      </div>
      <p className={joinClasses(styles.answerSaid, current && styles[classOf(current)])} role="status">
        {current ? describe(current, grid) : describeProgress(testProgress)}
        {current?.kind === 'verdict' && current.document.correct && next && <> {next}</>}
      </p>
    </div>
  )
}

function classOf(said: Said): 'right' | 'wrong' | 'distance' | 'failed' {
  if (said.kind !== 'verdict') return said.kind
  return said.document.correct ? 'right' : 'wrong'
}

function describe(said: Said, grid: Grid): string {
  switch (said.kind) {
    case 'failed':
      return said.message
    case 'distance':
      return describeDistance(said.document, grid)
    case 'verdict':
      return describeVerdict(said.document)
  }
}
