import { useLayoutEffect, useRef } from 'react'
import type { TaskDocument } from '../../../../src/api/documents.ts'
import { describeTransform } from '../../../../src/domain/grids/transforms/describe-transform.ts'
import type { Transform } from '../../../../src/domain/grids/transforms/transform.ts'
import type { View } from '../../address/route.ts'
import { api } from '../../data/api.ts'
import { joinClasses } from '../../parts/join-classes.ts'
import { SaidLine, useChange } from '../../parts/use-change.tsx'
import { useKeys } from '../../parts/use-keys.ts'
import { usePerson } from '../../preferences/person.ts'
import side from '../SidePanel.module.css'
import { TransformTools } from './TransformTools.tsx'
import { VersionFacts } from './VersionFacts.tsx'
import styles from './VersionPanel.module.css'

interface VersionPanelProps {
  readonly task: TaskDocument
  readonly view: View
  readonly onView: (view: View) => void
}

/** Signed versions of the task, and transforms on top of the current one. */
export function VersionPanel({ task, view, onView }: VersionPanelProps) {
  const person = usePerson()
  const { said, change } = useChange()
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

  const here = useRef<Pick<VersionPanelProps, 'view' | 'onView'>>(undefined)
  useLayoutEffect(() => {
    here.current = { view, onView }
    return () => {
      here.current = undefined
    }
  })
  /** Shows the version that an answer brings, unless the person has moved on to something else. */
  const follow = () => {
    const from = here.current?.view
    return (version: number) => {
      const now = here.current
      if (now?.view === from) now?.onView({ ...now.view, version, steps: [] })
    }
  }

  const sign = () =>
    change(async (person) => {
      const showNext = follow()
      const { version, outcome } = await api.sign(task.key, view, person)
      showNext(version)
      return { text: signedWords[outcome](version) }
    })
  const remove = (version: number) =>
    change(async (person) => {
      const showNext = follow()
      await api.removeVersion(task.key, version, person)
      showNext(0)
      return { text: `Version ${version} was removed.`, undo: () => void restore(version) }
    })
  const restore = (version: number) =>
    change(async (person) => {
      const showNext = follow()
      await api.restoreVersion(task.key, version, person)
      showNext(version)
      return { text: `Version ${version} is back.` }
    })

  const canSign = task.known_outputs.every(Boolean)
  const summary = task.versions.find(({ version }) => version === view.version)
  return (
    <section className={joinClasses(side.panel, styles.versions)} aria-label="Versions and transforms">
      <h2>Version</h2>
      <div className={styles.versionList} role="group" aria-label="Versions">
        {numbers.map((version) => (
          <button key={version} type="button" aria-pressed={version === view.version} onClick={() => show(version)}>
            {version === 0 ? 'as published' : version}
          </button>
        ))}
      </div>
      {summary && <VersionFacts summary={summary} onRemove={() => void remove(summary.version)} />}
      <TransformTools task={task} onAdd={(transform) => turn([...view.steps, transform])} />
      {view.steps.length > 0 && (
        <>
          <ol className={styles.steps} aria-label="Transforms">
            {view.steps.map((step, index) => (
              <li key={index}>
                {describeTransform(step)}
                <button
                  type="button"
                  className="plain"
                  aria-label={`Take out: ${describeTransform(step)}`}
                  onClick={() => turn(view.steps.toSpliced(index, 1))}
                >
                  ×
                </button>
              </li>
            ))}
          </ol>
          <div className="buttons">
            {canSign && (
              <button type="button" onClick={() => void sign()}>
                Sign this version
              </button>
            )}
            <button type="button" className="plain" onClick={() => turn([])}>
              Remove all
            </button>
          </div>
          {!canSign && (
            <p className="hint">A version can only be signed with all its outputs, and not all are known here.</p>
          )}
          {task.same_as !== null && (
            <p className="hint">
              This is {task.same_as === 0 ? 'the task as published' : `version ${task.same_as}`} again.
            </p>
          )}
        </>
      )}
      {view.steps.length === 0 && summary && !summary.signed_by.includes(person) && (
        <div className="buttons">
          <button type="button" onClick={() => void sign()}>
            Sign it too
          </button>
        </div>
      )}
      <SaidLine said={said} />
    </section>
  )
}

const signedWords = {
  added: (version: number) => `Signed as version ${version}.`,
  signed: (version: number) => `This is version ${version} already; your name was added.`,
  unchanged: (version: number) => `You have already signed it, as version ${version}.`,
} as const
