import { useEffect, useRef, useState } from 'react'
import type { ProgramRunDocument } from '../../../src/api/documents.ts'
import { messageOf } from '../../../src/domain/message-of.ts'
import { api, type TaskView } from '../data/api.ts'

/** What came of running a program, and the program and pairs that it belongs to. */
export interface ProgramOutcome {
  readonly program: string
  /** Content hash of the pairs. */
  readonly hash: string
  readonly result: { readonly document: ProgramRunDocument } | { readonly error: string }
}

export interface ProgramRun {
  readonly outcome: ProgramOutcome | undefined
  readonly isRunning: boolean
  readonly start: (program: string) => void
  /** The server ends a program whose visitor has left. */
  readonly stop: () => void
}

/** Runs programs on a task, one at a time. @param hash of the pairs that are shown */
export function useProgramRun(taskKey: string, view: TaskView, hash: string): ProgramRun {
  const [outcome, setOutcome] = useState<ProgramOutcome>()
  const [isRunning, setRunning] = useState(false)
  const current = useRef<AbortController>(undefined)
  const stop = () => {
    current.current?.abort()
    current.current = undefined
    setRunning(false)
  }
  useEffect(() => () => current.current?.abort(), [])
  const start = async (program: string) => {
    current.current?.abort()
    const mine = new AbortController()
    current.current = mine
    setRunning(true)
    const result = await api.runProgram(taskKey, view, program, mine.signal).then(
      (document) => ({ document }),
      (error: unknown) => ({ error: messageOf(error) }),
    )
    // It was stopped, or another one was started meanwhile.
    if (current.current !== mine) return
    current.current = undefined
    setRunning(false)
    setOutcome({ program, hash, result })
  }
  return { outcome, isRunning, start: (program) => void start(program), stop }
}
