import type { SampleDocument } from '../../../src/api/documents.ts'
import type { Grid } from '../../../src/domain/grids/grid.ts'
import type { DifferenceMode } from '../address/difference-views.ts'
import { Link } from '../address/Link.tsx'
import { plainView } from '../address/route.ts'
import { currentSource } from '../data/source.ts'
import { DifferenceModes } from '../grid/DifferenceModes.tsx'
import { ChangeProgramLink } from './ChangeProgramLink.tsx'
import { CopyButtons } from './CopyButtons.tsx'
import styles from './SampleTools.module.css'

interface SampleToolsProps {
  readonly document: SampleDocument
  readonly expected: readonly (Grid | null)[] | undefined
  readonly mode: DifferenceMode
  readonly isExpectedShown: boolean
  readonly onMode: (mode: DifferenceMode) => void
  readonly onExpected: () => void
}

/** How the grids are compared, and buttons to copy them. */
export function SampleTools(props: SampleToolsProps) {
  const { document, expected, mode, isExpectedShown, onMode, onExpected } = props
  const { view } = document.item
  const to = view && {
    page: 'task' as const,
    key: view.task,
    view: { ...plainView, version: view.version, sample: { run: document.run, index: document.sample } },
    filters: {},
  }
  return (
    <div className={styles.tools}>
      <DifferenceModes mode={mode} onChoose={onMode} />
      {currentSource().hasExpected && (
        <button
          type="button"
          aria-pressed={isExpectedShown}
          title="The expected outputs of the test inputs are not loaded until you ask for them (E)"
          onClick={onExpected}
        >
          {isExpectedShown ? 'Hide the expected test outputs' : 'Show the expected test outputs'}
        </button>
      )}
      {to && document.correct !== null && (
        <Link className="button" to={to}>
          Open in the editor
        </Link>
      )}
      {to && typeof document.rounds[document.chosen]?.program === 'string' && (
        <ChangeProgramLink taskKey={to.key} view={to.view} filters={to.filters} />
      )}
      <CopyButtons document={document} expected={expected} />
    </div>
  )
}
