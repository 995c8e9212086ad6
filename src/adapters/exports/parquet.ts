import { fileWriter, parquetWriteRows } from 'hyparquet-writer'
import { meets } from '../../domain/exports/criterion.ts'
import type { Example } from '../../domain/exports/example.ts'
import { describeAnswer, describeCopies, describeQuestion } from '../../domain/exports/provenance.ts'
import { makeNewFile } from '../files/make-new-file.ts'
import type { ExportRow, RowContext, TrainingFormat } from './training-format.ts'

/** Every sample with all its data, in typed columns. */
export const parquetFormat: TrainingFormat = {
  name: 'parquet',
  description: 'every sample in typed columns, for analysis',
  extension: 'parquet',
  includesCopied: true,
  takesReasoning: false,
  chooseCriteria: (possible) => ['all', ...possible.filter((criterion) => criterion !== 'all')],
  isCandidate: meets,
  describeOthers: (only) => `that do not count as good (${only})`,
  planRows: (candidates, context) =>
    candidates.map((example) => ({ examples: [example], render: () => renderRow(example, context) })),
  write: (path, rows) =>
    makeNewFile(path, async (temporary) => {
      await parquetWriteRows({
        writer: fileWriter(temporary),
        rows,
        columns: [...columns],
        rowGroupSize: rowsPerGroup,
        createdBy: 'arcloom',
      })
    }),
}

/** Rows in memory at once, each with a prompt and an answer. */
const rowsPerGroup = 500

type Column = Parameters<typeof parquetWriteRows>[0]['columns'][number]

const requiredColumn = (name: string, type: Column['type'] & string = 'STRING'): Column => ({
  name,
  type,
  nullable: false,
})
const optional = (name: string, type: Column['type'] & string = 'STRING'): Column => ({ name, type, nullable: true })

const columns: readonly Column[] = [
  requiredColumn('dataset'),
  requiredColumn('split'),
  requiredColumn('task_id'),
  requiredColumn('version', 'INT32'),
  optional('derived_from'),
  requiredColumn('task_hash'),
  requiredColumn('run_id'),
  requiredColumn('item'),
  requiredColumn('recipe'),
  requiredColumn('recipe_version', 'INT32'),
  requiredColumn('prompt_hash'),
  requiredColumn('model'),
  requiredColumn('model_id'),
  requiredColumn('provider'),
  requiredColumn('evaluation', 'BOOLEAN'),
  requiredColumn('evaluation_checked', 'BOOLEAN'),
  requiredColumn('checked_against'),
  optional('kin_to'),
  optional('kinship'),
  requiredColumn('answer_key'),
  requiredColumn('parameters'),
  requiredColumn('sample', 'INT32'),
  requiredColumn('round', 'INT32'),
  optional('test_pair', 'INT32'),
  requiredColumn('outcome'),
  optional('verdict'),
  optional('train_correct', 'BOOLEAN'),
  optional('test_correct', 'BOOLEAN'),
  optional('program_hash'),
  optional('copied_outputs'),
  requiredColumn('messages'),
  optional('answer'),
  optional('provider_reasoning'),
  requiredColumn('reasoning'),
  optional('program'),
  optional('grid'),
  optional('finish_reason'),
  optional('served_host'),
  optional('served_model'),
  optional('service_tier'),
  optional('system_fingerprint'),
  optional('base_url'),
  optional('request_id'),
  optional('prompt_tokens', 'INT64'),
  optional('completion_tokens', 'INT64'),
  optional('cost_usd', 'DOUBLE'),
  requiredColumn('time_seconds', 'DOUBLE'),
  requiredColumn('asked_at', 'TIMESTAMP'),
  requiredColumn('answered_at', 'TIMESTAMP'),
]

/** All columns, whatever the rows contain: the same in every file. */
function renderRow(example: Example, { run, standing }: RowContext): ExportRow {
  const { parameters, ...answer } = describeAnswer(example)
  return {
    ...describeQuestion(run, example, standing),
    ...answer,
    ...describeCopies(example),
    parameters: JSON.stringify(parameters),
    ...describeCall(example),
  }
}

/** The conversation, and what it cost. */
function describeCall({ call, round }: Example): ExportRow {
  const { answer, servedBy, reply, messages, reasoning, grid } = call
  return {
    messages: JSON.stringify(messages),
    answer: reply?.text ?? null,
    provider_reasoning: reply?.reasoning ?? null,
    reasoning,
    program: round.program,
    grid: grid ? JSON.stringify(grid) : null,
    finish_reason: reply?.finishReason ?? null,
    served_host: servedBy.host,
    served_model: servedBy.model,
    service_tier: servedBy.service_tier ?? null,
    system_fingerprint: servedBy.system_fingerprint ?? null,
    base_url: servedBy.base_url ?? null,
    request_id: answer.request_id,
    prompt_tokens: toCount(answer.usage.prompt_tokens),
    completion_tokens: toCount(answer.usage.completion_tokens),
    cost_usd: answer.cost_usd,
    time_seconds: answer.time_seconds,
    asked_at: new Date(answer.asked_at),
    answered_at: new Date(answer.answered_at),
  }
}

function toCount(tokens: number | null): bigint | null {
  return tokens === null ? null : BigInt(tokens)
}
