import type { TaskDocument } from '../../../src/api/documents.ts'
import type { Filters, View } from '../address/route.ts'
import { Tabs, type Tab } from '../parts/Tabs.tsx'
import { useCatalogue } from '../parts/use-catalogue.ts'
import { store, useStored } from '../preferences/stored.ts'
import { RunList } from './runs/RunList.tsx'
import { TraceList } from './traces/TraceList.tsx'

interface TaskTabsProps {
  readonly task: TaskDocument
  /** As in the address. */
  readonly taskKey: string
  readonly view: View
  readonly filters: Filters
}

/** What others made of the task. It may give the answer or the rule away, so it is neither shown nor loaded until requested. */
export function TaskTabs({ task, taskKey, view, filters }: TaskTabsProps) {
  const open = useStored('tab')
  const catalogue = useCatalogue()
  const tasks = catalogue.state === 'loading' ? [] : (catalogue.value?.tasks ?? [])
  const summary = tasks.find(({ key }) => key === taskKey)
  const tabs: readonly Tab[] = [
    {
      id: 'runs',
      title: 'Runs',
      render: () => <RunList taskKey={taskKey} view={view} filters={filters} />,
    },
    {
      id: 'traces',
      title: 'Traces',
      count: summary?.traces,
      render: () => <TraceList taskKey={taskKey} versions={task.versions} view={view} filters={filters} />,
    },
  ]
  return (
    <Tabs
      label="Others on this task"
      tabs={tabs}
      open={open}
      onOpen={(id) => store('tab', id ?? '')}
      hint="What models answered, and what people and models wrote. Either may give the answer away."
    />
  )
}
