import { meets } from '../../domain/exports/criterion.ts'
import type { Example } from '../../domain/exports/example.ts'
import { describeQuestion } from '../../domain/exports/provenance.ts'
import { hasReasoning, renderAnswer } from '../../domain/exports/reasoning-form.ts'
import { describeTextAnswer } from './describe-text-answer.ts'
import { fillTexts } from './fill-texts.ts'
import type { ExportRow, RowContext, TrainingFormat } from './training-format.ts'
import { writeJsonLines } from './write-json-lines.ts'

/**
 * Conversations for supervised fine-tuning, one per line, as TRL's `SFTTrainer` reads them
 * (huggingface.co/docs/trl/dataset_formats).
 */
export const sftFormat: TrainingFormat = {
  name: 'sft',
  description: 'conversations for supervised fine-tuning: the messages that were sent, and the answer',
  extension: 'jsonl',
  includesCopied: false,
  takesReasoning: true,
  chooseCriteria: (possible) => possible,
  isCandidate: (example, only) => example.call.outcome === 'answered' && meets(example, only),
  describeOthers: (only) =>
    only === 'all' ? 'without a program, a grid or an explanation' : `that do not count as good (${only})`,
  planRows: (candidates, context) =>
    candidates.map((example) => ({ examples: [example], render: () => renderRow(example, context) })),
  write: writeJsonLines,
}

function renderRow(example: Example, { run, standing, marksCopies, reasoning }: RowContext): ExportRow {
  const { messages, reply } = example.call
  const answer = reply ?? { text: '' }
  return {
    messages: [...messages, renderAnswer(answer, reasoning)],
    metadata: {
      ...fillTexts(describeQuestion(run, example, standing)),
      ...describeTextAnswer(example, marksCopies),
      ...(reasoning !== 'none' && { has_reasoning: hasReasoning(answer) }),
    },
  }
}
