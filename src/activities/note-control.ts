import type { Controls } from '../domain/runs/specification.ts'
import type { ActivityContext } from './dependencies.ts'

export interface NoteControlInput {
  readonly runId: string
  readonly paused: boolean
  readonly ending: 'interrupt' | 'cancel' | null
  readonly controls: Controls
}

/** Stores the control state where calls about to be sent, and people without Temporal, can read it. */
export function createNoteControl({ readRun, now }: ActivityContext) {
  return async function noteControl({ runId, paused, ending, controls }: NoteControlInput): Promise<void> {
    const { folder } = await readRun(runId)
    const state = await folder.readState()
    const updated_at = now().toISOString()
    await folder.putState({ ...state, state: paused ? 'paused' : 'running', ending, controls, updated_at })
  }
}
