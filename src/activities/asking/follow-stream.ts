import type { Delta } from '../../domain/providers/streams/streaming.ts'
import type { CallControl } from '../watch-control.ts'

/** A heartbeat is sent every few seconds, a piece a hundred times a second. */
const sayEvery = 32

/** Counts a streamed answer's characters for the heartbeats that people see in Temporal's UI. */
export function followStream(control: Pick<CallControl, 'say'>, modelId: string): (delta: Delta) => void {
  let characters = 0
  let pieces = 0
  return ({ text, reasoning }) => {
    characters += text.length + reasoning.length
    if (pieces % sayEvery === 0) control.say(`asking ${modelId}: ${characters} characters so far`)
    pieces += 1
  }
}
