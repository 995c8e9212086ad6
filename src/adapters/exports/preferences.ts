import { meets, type Criterion } from '../../domain/exports/criterion.ts'
import type { Example } from '../../domain/exports/example.ts'
import { describeQuestion } from '../../domain/exports/provenance.ts'
import { describeTextAnswer } from './describe-text-answer.ts'
import { fillTexts } from './fill-texts.ts'
import type { ExportRow, PlannedRow, RowContext, TrainingFormat } from './training-format.ts'
import { writeJsonLines } from './write-json-lines.ts'

/**
 * A good and a bad answer to the same messages, one pair per line, as TRL's `DPOTrainer` reads them
 * (huggingface.co/docs/trl/dataset_formats).
 */
export const preferencesFormat: TrainingFormat = {
  name: 'preferences',
  description: 'pairs of a good and a bad answer to the same messages, for preference training',
  extension: 'jsonl',
  includesCopied: false,
  takesReasoning: false,
  chooseCriteria: (possible) => possible.filter((criterion) => criterion !== 'all'),
  isCandidate: hasText,
  describeOthers: () => 'that were refused, cut off or empty',
  planRows,
  write: writeJsonLines,
}

function planRows(candidates: readonly Example[], context: RowContext): PlannedRow[] {
  // Later rounds have messages of their own.
  const byPrompt = Map.groupBy(candidates, ({ call }) => call.answer.sent.prompt)
  return [...byPrompt.values()].flatMap((answers) =>
    pairUp(answers, context.only).map((pair) => ({ examples: pair, render: () => renderRow(pair, context) })),
  )
}

type AnswerPair = readonly [chosen: Example, rejected: Example]

function renderRow([chosen, rejected]: AnswerPair, { run, standing, marksCopies }: RowContext): ExportRow {
  return {
    prompt: chosen.call.messages,
    chosen: [{ role: 'assistant', content: textOf(chosen) }],
    rejected: [{ role: 'assistant', content: textOf(rejected) }],
    metadata: {
      ...fillTexts(describeQuestion(run, chosen, standing)),
      chosen: describeTextAnswer(chosen, marksCopies),
      rejected: describeTextAnswer(rejected, marksCopies),
    },
  }
}

/** An answer without a program is a bad one; a refused or truncated one is not used. */
function hasText(example: Example): boolean {
  const { outcome } = example.call
  return (outcome === 'answered' || outcome === 'unparseable') && textOf(example).trim() !== ''
}

function textOf({ call }: Example): string {
  return call.reply?.text ?? ''
}

/**
 * Uses each good and each bad text at least once, in as few pairs as possible: pairing all good with all bad ones would repeat
 * the same texts over and over. The same samples give the same pairs.
 */
function pairUp(answers: readonly Example[], only: Criterion): AnswerPair[] {
  const preferred = distinctTexts(answers.filter((example) => meets(example, only)))
  const preferredTexts = new Set(preferred.map(textOf))
  const rejected = distinctTexts(
    answers.filter((example) => !meets(example, only) && !preferredTexts.has(textOf(example))),
  )
  if (preferred.length === 0 || rejected.length === 0) return []
  return Array.from({ length: Math.max(preferred.length, rejected.length) }, (_, index) => [
    pick(preferred, index),
    pick(rejected, index),
  ])
}

function pick(examples: readonly Example[], index: number): Example {
  return examples[index % examples.length] as Example // neither of the two is empty
}

function distinctTexts(examples: readonly Example[]): Example[] {
  const first = new Map<string, Example>()
  for (const example of examples) if (!first.has(textOf(example))) first.set(textOf(example), example)
  return [...first.values()]
}
