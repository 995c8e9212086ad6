import type { Example } from '../../domain/exports/example.ts'
import { describeAnswer, describeCopies } from '../../domain/exports/provenance.ts'
import { fillTexts } from './fill-texts.ts'
import type { ExportRow } from './training-format.ts'

/**
 * The origin of an answer, for a line of JSON. @param marksCopies whether it names the outputs that its program has hard-coded
 */
export function describeTextAnswer(example: Example, marksCopies: boolean): ExportRow {
  return fillTexts({ ...describeAnswer(example), ...(marksCopies && describeCopies(example)) })
}
