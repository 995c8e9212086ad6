import { extractProgram } from '../../domain/answers/extract-program.ts'
import { meets, type Criterion } from '../../domain/exports/criterion.ts'
import { describeAnswer, describeQuestion } from '../../domain/exports/provenance.ts'
import type { TrainingFormat, ExportRow, ItemExamples } from './training-format.ts'
import { fillTexts } from './fill-texts.ts'
import { writeJsonLines } from './write-json-lines.ts'

/**
 * Programs that failed a train pair, what their model was told of it, and the answer that mended them: the last step of samples
 * that took more than one round. `prompt`, `failing`, `feedback` and `fix`, in turn, are one conversation.
 */
export const repairFormat: TrainingFormat = {
  name: 'repair',
  description: 'programs that failed, the feedback on them, and the fix, of runs with --rounds',
  extension: 'jsonl',
  chooseCriteria: (possible) => (possible.includes('train-correct') ? ['train-correct', 'test-correct'] : []),
  renderRows,
  write: writeJsonLines,
}

function renderRows({ run, standing, examples }: ItemExamples, only: Criterion): ExportRow[] {
  return examples
    .filter(({ call }) => call.outcome === 'answered' && call.answer.question.round > 1)
    .filter((example) => meets(example, only))
    .map((example) => {
      const { messages, reply } = example.call
      // Earlier tries stand in order of their score: the last is the best, and what the feedback before the fix is about.
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
        metadata: fillTexts({ ...describeQuestion(run, example, standing), ...describeAnswer(example) }),
      }
    })
}
