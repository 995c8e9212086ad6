import type { ProgramVerdict } from '../domain/runs/record.ts'
import type { PairResult, RanProgram } from './documents.ts'

/** What a program did, as far as it may be told without expected outputs. @param train the number of train pairs */
export function describeProgram(
  verdict: ProgramVerdict,
  train: number,
): { readonly ran: RanProgram; readonly results: PairResult[] } {
  const { pairs, outputs, function: called, grids_as } = verdict
  return {
    ran: {
      verdict: verdict.verdict,
      deterministic: verdict.deterministic,
      printed: verdict.printed,
      cpu_seconds: verdict.cpu_seconds,
      wall_seconds: verdict.wall_seconds,
      ...(called !== undefined && { function: called }),
      ...(grids_as !== undefined && { grids_as }),
    },
    results: pairs.map(({ verdict, message, error_type, line, limit }, index): PairResult => ({
      ...(index < train ? { part: 'train', index } : { part: 'test', index: index - train }),
      verdict,
      ...(message !== undefined && { message }),
      ...(error_type !== undefined && { error_type }),
      ...(line !== undefined && { line }),
      ...(limit !== undefined && { limit }),
      got: outputs[index] ?? null,
    })),
  }
}
