import { z } from 'zod'
import { sharedKinds } from '../share-rules.ts'

/*
 * What a process that asks models says about its gates, for the other processes of the data folder: in a file of its own that it
 * rewrites as long as requests wait or are in flight.
 */

const claimSchema = z.object({ held: z.number(), wanted: z.number() })

const viewSchema = z.object({
  /** The provider, as in a sentence. */
  title: z.string(),
  model: z.string(),
  run: z.string(),
  inside: z.number(),
  waiting: z.number(),
  /** What the next request waits for (`WaitReason`), and until when; null if another one has to leave first. */
  why: z.string(),
  until_ms: z.number().nullable(),
  /** Requests at once that are allowed; null for any number. */
  places: z.number().nullable(),
  /** Requests a second that were found to be accepted; null if none was refused. */
  per_second: z.number().nullable(),
})

export const gateNoteSchema = z.object({
  /** Counts its rewritings: a process that no longer rewrites it has died or hangs. */
  beat: z.number(),
  /** By the limit's name, what it holds and wants of each kind. */
  claims: z.record(z.string(), z.partialRecord(z.enum(sharedKinds), claimSchema)),
  /** By the limit's name, until when its provider asked to wait, in milliseconds since 1970. */
  pauses: z.record(z.string(), z.number()),
  views: z.array(viewSchema),
})

export type GateNote = z.infer<typeof gateNoteSchema>
export type NotedView = GateNote['views'][number]

/** A process that did not rewrite its note for this long gives back what it holds. */
export const noteExpiresMs = 10_000
