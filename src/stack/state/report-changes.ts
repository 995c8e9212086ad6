import { count, inflect } from '../../domain/count.ts'
import { listParts, partTitles, type PartName } from '../parts/part.ts'
import type { PartState, PartStatus, StackStatus } from './stack-status.ts'

const words: Readonly<Record<PartState, string>> = {
  starting: 'starting',
  running: 'ready',
  restarting: 'restarting',
  failed: 'failed',
  external: 'using the one already running',
  ending: 'ending',
}

/** Reports what changed since the last call: a line for each part in a new state, and all notes. */
export function reportChanges(onProgress: (line: string) => void): (status: StackStatus) => void {
  const reported = new Map<PartName, PartState>()
  const reportedNotes = new Set<string>()
  return (status) => {
    for (const note of status.notes) {
      if (!reportedNotes.has(note)) onProgress(note)
      reportedNotes.add(note)
    }
    for (const [name, part] of listParts(status.parts)) {
      if (reported.get(name) === part.state) continue
      reported.set(name, part.state)
      onProgress(`${partTitles[name]}: ${words[part.state]}${explain(part)}`)
    }
  }
}

const reportAgainMs = 5_000

/** Reports which part is ending, and repeats it every few seconds: calls in flight may take minutes. */
export function reportEnding(
  onProgress: (line: string) => void,
  countInFlight: () => number,
): (status: StackStatus) => void {
  const reported = new Map<PartName, number>()
  return (status) => {
    for (const [name, { state, since }] of listParts(status.parts)) {
      if (state !== 'ending' || Date.now() < (reported.get(name) ?? 0) + reportAgainMs) continue
      const seconds = Math.round((Date.now() - since) / 1000)
      const first = !reported.has(name)
      reported.set(name, Date.now())
      const inFlight = name === 'worker' ? countInFlight() : 0
      const calls =
        inFlight > 0
          ? `, waiting for ${count(inFlight, 'call')} in flight (down --now cuts ${inflect(inFlight, 'it', 'them')} off)`
          : ''
      onProgress(`${partTitles[name]}: ending${first ? '' : ` for ${seconds} s`}${calls}`)
    }
  }
}

function explain({ lastError }: PartStatus): string {
  return lastError ? ` (${lastError})` : ''
}
