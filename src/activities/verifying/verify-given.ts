import { noUsage } from '../../domain/models/usage.ts'
import { isSolved } from '../../domain/results/is-solved.ts'
import type { ProgramToVerify } from '../../domain/runs/program-to-verify.ts'
import type { ItemRecord, ProgramVerdict, SampleRecord, SandboxDescription } from '../../domain/runs/record.ts'
import { isVerification, limitsOf } from '../../domain/runs/run.ts'
import type { ActivityContext } from '../dependencies.ts'
import { runPrograms } from './run-programs.ts'

export interface VerifyGivenInput {
  readonly runId: string
  readonly item: string
}

/** Runs the programs given for an item of a verification, each distinct one once, and writes its record. */
export function createVerifyGiven(context: ActivityContext) {
  return async function verifyGiven({ runId, item: itemKey }: VerifyGivenInput): Promise<{ readonly solved: boolean }> {
    const { folder, run, readItem } = await context.readRun(runId)
    if (!isVerification(run)) throw new TypeError(`run ${runId} was given no programs`)
    const item = await readItem(itemKey)
    const stored = await folder.findRecord(itemKey)
    if (stored) return { solved: isSolved(stored, item) }

    const startedAt = context.now().toISOString()
    const programs = await folder.readPrograms(itemKey)
    const sandbox = await context.sandbox(run.specification.sandbox ?? 'auto')
    const texts = programs.map(({ program }) => program)
    const limits = limitsOf(run)
    const verdicts = await runPrograms(sandbox, texts, item, { entryPoints: run.specification.entry_points, limits })
    const { train, test, ...reference } = item
    const record: ItemRecord = {
      run_id: runId,
      item: reference,
      limits,
      samples: programs.map(({ program }) =>
        recordSample(program, context.hashText(program), verdicts.get(program), { ...sandbox.facts }),
      ),
      started_at: startedAt,
      recorded_at: context.now().toISOString(),
    }
    await folder.putRecord(record)
    await folder.removeFailure(itemKey)
    return { solved: isSolved(record, { train, test }) }
  }
}

/** A given program is a sample with one round that cost nothing. */
function recordSample(
  program: ProgramToVerify['program'],
  hash: string,
  run: ProgramVerdict | undefined,
  sandbox: SandboxDescription,
): SampleRecord {
  const round = {
    answers: [],
    outcomes: [],
    program,
    program_hash: hash,
    run: run ?? null,
    sandbox,
    time_seconds: 0,
    usage: noUsage,
    cost_usd: 0,
  }
  return { rounds: [round], chosen: 0 }
}
