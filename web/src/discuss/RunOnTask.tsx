import { useState } from 'react'
import { navigate } from '../address/navigate.ts'
import type { View } from '../address/route.ts'
import { useMayAct } from '../parts/hooks/use-acting.ts'
import { readStored, store } from '../preferences/stored.ts'

interface RunOnTaskProps {
  readonly taskKey: string
  readonly view: View
  readonly program: string
}

/** Takes a program to the task's own editor, where it can be run. A program of the person's that is there is replaced only if they agree. */
export function RunOnTask({ taskKey, view, program }: RunOnTaskProps) {
  const mayAct = useMayAct()
  const [asks, setAsks] = useState(false)
  const draft = `program.${taskKey}`
  const open = () => {
    store(draft, program)
    store('tab', 'program')
    navigate({ page: 'task', key: taskKey, view, filters: {} })
  }
  const begin = () => {
    const own = readStored(draft)
    if (asks || own === undefined || own === program) open()
    else setAsks(true)
  }
  if (!mayAct) return null
  return (
    <button type="button" onClick={begin}>
      {asks ? 'Replace your own program for this task?' : 'Run on this task'}
    </button>
  )
}
