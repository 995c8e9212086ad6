import type { Answer } from '../../domain/answer.ts'
import type { GivenProgram } from '../../domain/given-program.ts'
import type { ItemReference } from '../../domain/item.ts'
import type { LedgerLine } from '../../domain/ledger.ts'
import type { ItemRecord, ProgramVerdict, SandboxDescription } from '../../domain/record.ts'
import type { Message } from '../../domain/recipes/recipe.ts'
import type { ItemFailure, RunRecord, RunState } from '../../domain/run.ts'
import type { TaskPairs } from '../../domain/task.ts'

/** Where an answer will be put, known to have room for it. Ends by `put` or `discard`; a `discard` after the end does nothing. */
export interface AnswerPlace {
  put(answer: Answer): Promise<void>
  discard(): Promise<void>
}

/** What came of running the programs of one round. */
export interface RoundVerdicts {
  readonly sandbox: SandboxDescription
  /** By answer key. */
  readonly programs: Readonly<Record<string, ProgramVerdict>>
}

type ReportName = `report.${'md' | 'json' | 'html'}`

/** Everything that is kept of one run. */
export interface RunFolder {
  readonly runId: string
  readRun(): Promise<RunRecord>
  readState(): Promise<RunState>
  putState(state: RunState): Promise<void>
  listItems(): Promise<ItemReference[]>
  /** @param hash the content hash of an item */
  readPairs(hash: string): Promise<TaskPairs>
  /** The programs that an item of a verification run was given. */
  readPrograms(itemKey: string): Promise<GivenProgram[]>

  /** Keeps messages under their hash, once however often they are put. @returns the hash */
  putPrompt(messages: readonly Message[]): Promise<string>
  readPrompt(hash: string): Promise<Message[]>
  findAnswer(key: string): Promise<Answer | undefined>
  readAnswer(key: string): Promise<Answer>
  reserveAnswer(key: string): Promise<AnswerPlace>
  countAnswers(): Promise<number>

  findVerdicts(itemKey: string, round: number): Promise<RoundVerdicts | undefined>
  putVerdicts(itemKey: string, round: number, verdicts: RoundVerdicts): Promise<void>

  findRecord(itemKey: string): Promise<ItemRecord | undefined>
  putRecord(record: ItemRecord): Promise<void>
  /** Item keys, in no order. */
  listRecorded(): Promise<string[]>
  putFailure(failure: ItemFailure): Promise<void>
  removeFailure(itemKey: string): Promise<void>
  listFailures(): Promise<ItemFailure[]>

  appendLedger(line: LedgerLine): Promise<void>
  /** To be gone through once, line by line: in no order. */
  readLedger(): Promise<Iterable<LedgerLine>>
  appendLog(line: string): Promise<void>
  putReport(name: ReportName, text: string): Promise<void>
  findReport(name: ReportName): Promise<string | undefined>
  /** Removes what dead writers left half made. */
  sweep(): Promise<void>
}

/** All runs. One interface and one contract suite; local files, memory, and whatever else can keep named texts. */
export interface RunStore {
  /** Made once and kept: workers over different stores never take each other's work, because queue names carry it. */
  readStoreId(): Promise<string>
  /** Newest first, by the time they were created; those of one time by name. */
  listRuns(): Promise<string[]>
  hasRun(runId: string): Promise<boolean>
  /** Keeps a new run whole or not at all: `run.json` is written last. @returns undefined, and nothing kept, where the name is taken */
  createRun(run: NewRun): Promise<RunFolder | undefined>
  /** @throws RunNotFound */
  openRun(runId: string): Promise<RunFolder>
}

export interface NewRun {
  readonly run: RunRecord
  readonly state: RunState
  readonly items: readonly ItemReference[]
  /** The pairs of every item, by content hash. */
  readonly pairs: ReadonlyMap<string, TaskPairs>
  /** The programs of every item, by its key, in a run that is given some. */
  readonly programs?: ReadonlyMap<string, readonly GivenProgram[]>
}

export class RunNotFound extends Error {
  override readonly name = 'RunNotFound'
  readonly runId: string

  constructor(runId: string, known: readonly string[]) {
    const newest = known.slice(0, 5)
    super(
      `There is no run "${runId}". ${newest.length > 0 ? `The newest are: ${newest.join(', ')}.` : 'There are no runs yet.'}`,
    )
    this.runId = runId
  }
}
