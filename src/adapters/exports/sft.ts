import { meets, type Criterion } from '../../domain/exports/criterion.ts'
import { describeAnswer, describeQuestion } from '../../domain/exports/provenance.ts'
import type { TrainingFormat, ExportRow, ItemExamples } from './training-format.ts'
import { fillTexts } from './fill-texts.ts'
import { writeJsonLines } from './write-json-lines.ts'

/** Conversations to be learnt by heart, one a line, as TRL's `SFTTrainer` reads them (huggingface.co/docs/trl/dataset_formats). */
export const sftFormat: TrainingFormat = {
  name: 'sft',
  description: 'conversations for supervised fine-tuning: the messages that were sent, and the answer',
  extension: 'jsonl',
  chooseCriteria: (possible) => possible,
  renderRows,
  write: writeJsonLines,
}

function renderRows({ run, standing, examples }: ItemExamples, only: Criterion): ExportRow[] {
  return examples
    .filter((example) => example.call.outcome === 'answered' && meets(example, only))
    .map((example) => ({
      messages: [...example.call.messages, { role: 'assistant', content: example.call.reply?.text ?? '' }],
      metadata: fillTexts({ ...describeQuestion(run, example, standing), ...describeAnswer(example) }),
    }))
}
