import { z } from 'zod'
import type { WorkerLoad } from '../domain/load/worker-load.ts'
import { openProcessNotes, type ProcessNotes } from './process-notes.ts'

/** How often a worker writes down its load. */
export const measureEveryMs = 3_000

/** A worker that has written nothing for this long is dead, or too busy to say so. */
const staleMs = 5 * measureEveryMs

const amount = z.number().nonnegative()
const seconds = amount.nullable()

const loadSchema: z.ZodType<WorkerLoad> = z.object({
  waitingAtGate: amount,
  inFlight: amount,
  answerSeconds: seconds,
  programs: z.object({ running: amount, places: amount }),
  writeSeconds: seconds,
  startSeconds: z.object({ runs: seconds, models: seconds, sandbox: seconds }),
  busy: amount,
  timerDelaySeconds: amount,
})

/** What workers do with their time, for `status` and the live line. @param folder where workers keep their notes */
export function openLoadNotes(folder: string): ProcessNotes<WorkerLoad> {
  return openProcessNotes(folder, 'load', loadSchema)
}

/** The loads of all workers that wrote theirs down just now, on this machine and others that share the folder. */
export async function readLoads(folder: string): Promise<WorkerLoad[]> {
  const notes = await openLoadNotes(folder).read()
  return [...notes.values()].flatMap(({ content, ageMs }) => (ageMs < staleMs ? [content] : []))
}
