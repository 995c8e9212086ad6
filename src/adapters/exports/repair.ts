import { extractProgram } from '../../domain/answers/extract-program.ts'
import { meets } from '../../domain/exports/criterion.ts'
import type { Example } from '../../domain/exports/example.ts'
import { describeQuestion } from '../../domain/exports/provenance.ts'
import { describeTextAnswer } from './describe-text-answer.ts'
import { fillTexts } from './fill-texts.ts'
import type { ExportRow, RowContext, TrainingFormat } from './training-format.ts'
import { writeJsonLines } from './write-json-lines.ts'

/**
 * Programs that failed a train pair, the feedback on them, and the answer that fixed them: the last step of samples that took
 * more than one round. `prompt`, `failing`, `feedback` and `fix`, in turn, are one conversation.
 */
export const repairFormat: TrainingFormat = {
  name: 'repair',
  description: 'programs that failed, the feedback on them, and the fix, of runs with --rounds',
  extension: 'jsonl',
  includesCopied: false,
  takesReasoning: false,
  chooseCriteria: (possible) => (possible.includes('train-correct') ? ['train-correct', 'test-correct'] : []),
  isCandidate: (example, only) =>
    example.call.outcome === 'answered' && example.call.answer.question.round > 1 && meets(example, only),
  describeOthers: (only) => `that fix nothing (${only})`,
  planRows: (candidates, context) =>
    candidates.map((example) => ({ examples: [example], render: () => renderRow(example, context) })),
  write: writeJsonLines,
}

function renderRow(example: Example, { run, standing, marksCopies }: RowContext): ExportRow {
  const { messages, reply } = example.call
  // Earlier programs are in order of their score: the last is the best, and the feedback before the fix is about it.
  const [failing, feedback] = messages.slice(-2).map(({ content }) => content)
  return {
    prompt: messages.slice(
      0,
      messages.findIndex(({ role }) => role === 'assistant'),
    ),
    failing,
    failing_program: extractProgram({ text: failing ?? '', finishReason: 'stop' }).program ?? '',
    feedback,
    fix: reply?.text ?? '',
    metadata: { ...fillTexts(describeQuestion(run, example, standing)), ...describeTextAnswer(example, marksCopies) },
  }
}
