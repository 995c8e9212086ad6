import { useId } from 'react'
import type { TaskDocument } from '../../../../src/api/documents.ts'
import { describeTransform } from '../../../../src/domain/grids/transforms/describe-transform.ts'
import type { Transform } from '../../../../src/domain/grids/transforms/transform.ts'
import type { View } from '../../address/route.ts'
import { SaidLine } from '../../parts/hooks/use-change.tsx'
import { useKeys } from '../../parts/hooks/use-keys.ts'
import { usePerson } from '../../preferences/person.ts'
import { store, useStored } from '../../preferences/stored.ts'
import { TransformTools } from './TransformTools.tsx'
import { useSigning } from './use-signing.ts'
import styles from './VersionBar.module.css'
import { VersionFacts } from './VersionFacts.tsx'

interface VersionBarProps {
  readonly task: TaskDocument
  readonly view: View
  readonly onView: (view: View) => void
}

/** Below the title: which version is shown and what was done to it; the tools for that are folded away behind a button. */
export function VersionBar({ task, view, onView }: VersionBarProps) {
  const person = usePerson()
  const { said, sign, remove } = useSigning(task, view, onView)
  const tools = useId()
  const isOpen = useStored('transform') === 'open'
  // One that was just signed is shown before it is listed.
  const versions = new Set([0, ...task.versions.map(({ version }) => version), view.version])
  const numbers = [...versions].sort((a, b) => a - b)
  const show = (version: number) => onView({ ...view, version, steps: [] })
  const turn = (steps: readonly Transform[]) => onView({ ...view, steps })

  useKeys(({ key, ctrlKey, metaKey, altKey }) => {
    const step = key === ']' ? 1 : key === '[' ? -1 : 0
    const next = numbers[numbers.indexOf(view.version) + step]
    if (step !== 0 && next !== undefined && !ctrlKey && !metaKey && !altKey) show(next)
  })

  const canSign = task.known_outputs.every(Boolean)
  const summary = task.versions.find(({ version }) => version === view.version)
  return (
    <section className={styles.versions} aria-label="Versions and transforms">
      <div className={styles.line}>
        <button
          type="button"
          aria-expanded={isOpen}
          aria-controls={isOpen ? tools : undefined}
          onClick={() => store('transform', isOpen ? '' : 'open')}
        >
          Transform <span aria-hidden="true">{isOpen ? '▴' : '▾'}</span>
        </button>
        {numbers.length > 1 && (
          <div className={styles.versionList} role="group" aria-label="Versions">
            {numbers.map((version) => (
              <button key={version} type="button" aria-pressed={version === view.version} onClick={() => show(version)}>
                {version === 0 ? 'as published' : `version ${version}`}
              </button>
            ))}
          </div>
        )}
        {view.steps.length > 0 && <Chain steps={view.steps} onChange={turn} />}
        {view.steps.length > 0 && canSign && (
          <button type="button" onClick={sign}>
            Sign this version
          </button>
        )}
        {view.steps.length > 1 && (
          <button type="button" className="plain" onClick={() => turn([])}>
            Remove all
          </button>
        )}
        {view.steps.length === 0 && summary && !summary.signed_by.includes(person) && (
          <button type="button" onClick={sign}>
            Sign it too
          </button>
        )}
        {summary && <VersionFacts summary={summary} onRemove={() => remove(summary.version)} />}
        <Remarks task={task} hasSteps={view.steps.length > 0} canSign={canSign} />
        <SaidLine said={said} />
      </div>
      {isOpen && (
        <div id={tools}>
          <TransformTools task={task} onAdd={(transform) => turn([...view.steps, transform])} />
        </div>
      )}
    </section>
  )
}

interface ChainProps {
  readonly steps: readonly Transform[]
  readonly onChange: (steps: readonly Transform[]) => void
}

/** The transforms in order, each of which can be taken out. */
function Chain({ steps, onChange }: ChainProps) {
  return (
    <ol className={styles.steps} aria-label="Transforms">
      {steps.map((step, index) => (
        <li key={index}>
          {describeTransform(step)}
          <button
            type="button"
            className="plain"
            aria-label={`Remove: ${describeTransform(step)}`}
            onClick={() => onChange(steps.toSpliced(index, 1))}
          >
            ×
          </button>
        </li>
      ))}
    </ol>
  )
}

interface RemarksProps {
  readonly task: TaskDocument
  readonly hasSteps: boolean
  readonly canSign: boolean
}

function Remarks({ task: { same_as: sameAs }, hasSteps, canSign }: RemarksProps) {
  if (!hasSteps) return null
  return (
    <>
      {sameAs !== null && (
        <p className="hint">This is {sameAs === 0 ? 'the task as published' : `version ${sameAs}`} again.</p>
      )}
      {!canSign && (
        <p className="hint">A version can only be signed with all its outputs, and not all are known here.</p>
      )}
    </>
  )
}
