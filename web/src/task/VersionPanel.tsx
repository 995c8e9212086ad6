import { useState } from 'react'
import type { TaskDocument } from '../../../src/api/documents.ts'
import { describeTransform } from '../../../src/domain/transforms/describe-transform.ts'
import type { Transform } from '../../../src/domain/transforms/transform.ts'
import type { View } from '../address/route.ts'
import { api } from '../data/api.ts'
import { refresh } from '../data/resources.ts'
import { useKeys } from '../parts/use-keys.ts'
import { needPerson, usePerson } from '../preferences/person.ts'
import { TransformTools } from './TransformTools.tsx'
import { VersionFacts } from './VersionFacts.tsx'

interface VersionPanelProps {
  readonly task: TaskDocument
  readonly view: View
  readonly onView: (view: View) => void
}

/** Signed versions of the task, and transforms on top of the one that is shown. */
export function VersionPanel({ task, view, onView }: VersionPanelProps) {
  const person = usePerson()
  const [said, setSaid] = useState<{ readonly text: string; readonly undo?: () => void }>()
  // One that was just signed is shown before it is listed.
  const known = new Set([0, ...task.versions.map(({ version }) => version), view.version])
  const numbers = [...known].sort((a, b) => a - b)
  const show = (version: number) => onView({ ...view, version, steps: [] })
  const change = (steps: readonly Transform[]) => onView({ ...view, steps })
  const attempt = async (work: () => Promise<void>) => {
    try {
      await work()
    } catch (error) {
      setSaid({ text: error instanceof Error ? error.message : String(error) })
    }
  }

  useKeys(({ key, ctrlKey, metaKey, altKey }) => {
    const step = key === ']' ? 1 : key === '[' ? -1 : 0
    const next = numbers[numbers.indexOf(view.version) + step]
    if (step !== 0 && next !== undefined && !ctrlKey && !metaKey && !altKey) show(next)
  })

  const sign = () =>
    attempt(async () => {
      const person = await needPerson()
      if (person === undefined) return
      const { version, outcome } = await api.sign(task.key, view, person)
      refresh('/api/tasks')
      setSaid({ text: signedWords[outcome](version) })
      onView({ ...view, version, steps: [] })
    })
  const remove = (version: number) =>
    attempt(async () => {
      const person = await needPerson()
      if (person === undefined) return
      await api.removeVersion(task.key, version, person)
      refresh('/api/tasks')
      if (view.version === version) show(0)
      setSaid({ text: `Version ${version} is removed.`, undo: () => void restore(version, person) })
    })
  const restore = (version: number, person: string) =>
    attempt(async () => {
      await api.restoreVersion(task.key, version, person)
      refresh('/api/tasks')
      show(version)
      setSaid({ text: `Version ${version} is back.` })
    })

  const shown = task.versions.find(({ version }) => version === view.version)
  return (
    <section className="versions" aria-label="Versions and transforms">
      <h2>Version</h2>
      <div className="version-list" role="group" aria-label="Versions">
        {numbers.map((version) => (
          <button key={version} type="button" aria-pressed={version === view.version} onClick={() => show(version)}>
            {version === 0 ? 'as published' : version}
          </button>
        ))}
      </div>
      {shown && <VersionFacts shown={shown} onRemove={() => void remove(shown.version)} />}
      <TransformTools task={task} onAdd={(transform) => change([...view.steps, transform])} />
      {view.steps.length > 0 && (
        <>
          <ol className="steps" aria-label="Transforms">
            {view.steps.map((step, index) => (
              <li key={index}>
                {describeTransform(step)}
                <button
                  type="button"
                  className="plain"
                  aria-label={`Take out: ${describeTransform(step)}`}
                  onClick={() => change(view.steps.toSpliced(index, 1))}
                >
                  ×
                </button>
              </li>
            ))}
          </ol>
          <div className="buttons">
            <button type="button" onClick={() => void sign()}>
              Sign this version
            </button>
            <button type="button" className="plain" onClick={() => change([])}>
              Take all out
            </button>
          </div>
          {task.same_as !== null && (
            <p className="hint">
              This is {task.same_as === 0 ? 'the task as published' : `version ${task.same_as}`} again.
            </p>
          )}
        </>
      )}
      {view.steps.length === 0 && shown && !shown.signed_by.includes(person) && (
        <div className="buttons">
          <button type="button" onClick={() => void sign()}>
            Sign it too
          </button>
        </div>
      )}
      <p className="hint" role="status">
        {said?.text}{' '}
        {said?.undo && (
          <button type="button" className="plain" onClick={said.undo}>
            Undo
          </button>
        )}
      </p>
    </section>
  )
}

const signedWords = {
  added: (version: number) => `Signed as version ${version}.`,
  signed: (version: number) => `It was version ${version} already, and has your name too now.`,
  unchanged: (version: number) => `You had signed it already, as version ${version}.`,
} as const
