import { lazy, Suspense, useState } from 'react'
import type { TaskDocument } from '../../../src/api/documents.ts'
import { navigate } from '../address/navigate.ts'
import type { Filters, View } from '../address/route.ts'
import { useMayAct } from '../parts/hooks/use-acting.ts'
import { useCatalogue, useSolveRates } from '../parts/hooks/use-catalogue.ts'
import { Tabs, type Tab } from '../parts/Tabs.tsx'
import { store, useStored } from '../preferences/stored.ts'
import { RunList } from './runs/RunList.tsx'
import { TraceList } from './traces/TraceList.tsx'

/** Loaded when it is opened: it brings a parser for Python. */
const ProgramTab = lazy(() => import('../program/ProgramTab.tsx').then((tab) => ({ default: tab.ProgramTab })))

interface TaskTabsProps {
  readonly task: TaskDocument
  /** As in the address. */
  readonly taskKey: string
  readonly view: View
  readonly filters: Filters
}

/**
 * What others made of the task, and a place to write programs for it. The former may give the answer or the rule away, so it is
 * neither shown nor loaded until requested.
 */
export function TaskTabs({ task, taskKey, view, filters }: TaskTabsProps) {
  const stored = useStored('tab')
  // An address that names a sample's program opens the editor.
  const open = view.program === undefined ? stored : 'program'
  const [writes, setWrites] = useState(false)
  const show = (id: string | undefined) => {
    store('tab', id ?? '')
    setWrites(false)
    const { program, ...rest } = view
    if (program !== undefined) navigate({ page: 'task', key: taskKey, view: rest, filters }, { replace: true })
  }
  const mayAct = useMayAct()
  const catalogue = useCatalogue()
  const tasks = catalogue.state === 'loading' ? [] : (catalogue.value?.tasks ?? [])
  const summary = tasks.find(({ key }) => key === taskKey)
  const { runs } = useSolveRates()
  const tabs: readonly Tab[] = [
    {
      id: 'runs',
      title: 'Runs',
      // Those that recorded it, in any version.
      count: runs[taskKey]?.[1],
      render: () => <RunList taskKey={taskKey} view={view} filters={filters} />,
    },
    {
      id: 'traces',
      title: 'Traces',
      count: summary?.traces,
      render: () => (
        <TraceList taskKey={taskKey} versions={task.versions} view={view} filters={filters} takesFocus={writes} />
      ),
    },
    {
      id: 'program',
      title: 'Program',
      render: () => (
        <Suspense fallback={<div className="waiting" aria-busy="true" />}>
          <ProgramTab
            task={task}
            taskKey={taskKey}
            view={view}
            filters={filters}
            onTrace={() => {
              show('traces')
              setWrites(true)
            }}
          />
        </Suspense>
      ),
    },
  ]
  return (
    <Tabs
      label="More on this task"
      tabs={tabs}
      open={open}
      onOpen={show}
      hint={`What models answered, and what people and models wrote: either may give the answer away.${mayAct ? ' Or write a program and run it.' : ''}`}
    />
  )
}
