import { z } from 'zod'
import { readJsonBy } from '../adapters/files/read-json-by.ts'
import type { RunFolder } from '../adapters/stores/run-store.ts'
import { pickJudged, type Judged } from '../domain/compare/rescoring.ts'

/**
 * What the report says that was written when the run ended.
 *
 * @param now the run's current numbers: used where there is no report, and for fields that a report by an older version lacks
 * @throws {MalformedInput} where `report.json` holds something else
 */
export async function readReported(folder: Pick<RunFolder, 'findReport' | 'locate'>, now: Judged): Promise<Judged> {
  const text = await folder.findReport('report.json')
  if (text === undefined) return pickJudged(now)
  const reading = readJsonBy(reportSchema, text, folder.locate('report.json'))
  if ('faults' in reading) throw reading.faults[0]
  return pickJudged({ ...now, ...(reading.value as Partial<Judged>) }) // outcomes and verdicts of other versions are any text
}

const number = z.number('a number is needed')
const text = z.string('a text is needed')
const counts = z.record(z.string(), number, 'an object is needed')
const names = z.array(text, 'a list is needed')
const score = z.looseObject({ value: number, low: number, high: number }, 'an object is needed')

const splitScores = z.looseObject(
  {
    dataset: text,
    split: text,
    leaderboard: score,
    strict: score,
    per_output: score,
    pass_at: z.array(score, 'a list is needed'),
  },
  'an object is needed',
)

const scoring = z.looseObject(
  {
    selection_rule: z.looseObject({ name: text, version: number }, 'an object is needed'),
    // Never looked into, only shown beside today's.
    intervals: z.custom<Judged['scoring']['intervals']>().optional(),
  },
  'an object is needed',
)

const resolutions = z.custom<Judged['resolutions']>(
  (value) => counts.safeParse(value).success,
  'an object of numbers is needed',
)

/** What is relied upon; other fields are kept as they are. */
const reportSchema = z.looseObject(
  {
    outcomes: counts.optional(),
    verdicts: counts.optional(),
    scores: z.array(splitScores, 'a list or null is needed').nullable().optional(),
    scoring: scoring.optional(),
    resolutions: resolutions.optional(),
    solved_task_ids: names.optional(),
    unsolved_task_ids: names.optional(),
  },
  'an object is needed',
)
