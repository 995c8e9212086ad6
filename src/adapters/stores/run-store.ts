import type { Answer } from '../../domain/answers/answer.ts'
import type { PartialsOf, StoredPartial } from '../../domain/answers/partial-answer.ts'
import { MalformedInput } from '../../domain/malformed-input.ts'
import type { Message } from '../../domain/recipes/recipe.ts'
import type { RunNumbers } from '../../domain/results/run-document.ts'
import type { Batch, BatchedRequest, WantedQuestions } from '../../domain/runs/batches/batch.ts'
import type { LedgerLine, ReadLedgerLine } from '../../domain/runs/ledger-lines.ts'
import type { ProgramToVerify } from '../../domain/runs/program-to-verify.ts'
import type { ItemRecord, ProgramVerdict, SandboxDescription } from '../../domain/runs/record.ts'
import type { ItemFailure, RunRecord, RunState, RunStateName } from '../../domain/runs/run.ts'
import type { Step } from '../../domain/solvers/solver.ts'
import type { ItemReference } from '../../domain/tasks/item.ts'
import type { TaskPairs } from '../../domain/tasks/task.ts'

/** A place for an answer, known to have room for it. Finish it with `put` or `discard`; a `discard` after that does nothing. */
export interface AnswerPlace {
  put(answer: Answer): Promise<void>
  discard(): Promise<void>
}

/** The verdicts on the programs of one round. */
export interface RoundVerdicts {
  readonly sandbox: SandboxDescription
  /** By answer key. */
  readonly programs: Readonly<Record<string, ProgramVerdict>>
}

/** A solver's decision, `decisions/<hash of what it follows>.json`. */
interface StoredDecision {
  readonly solver: string
  /** Null for the decision that every item of the run begins with. */
  readonly item: string | null
  /** By sample and round: the ledger's ids of the requests whose answers it follows. */
  readonly follows: readonly (readonly (readonly string[])[])[]
  readonly steps: readonly Step[]
  readonly decided_at: string
}

/** `numbers.json`: totals over a run's files. Valid while `stamp` is unchanged and the same code does the counting. */
export interface KeptNumbers {
  readonly code: string
  readonly state: RunStateName
  readonly stamp: string
  readonly numbers: Omit<RunNumbers, 'run' | 'state'>
}

type ReportName = `report.${'md' | 'json' | 'html'}`

/** Everything stored about one run. */
export interface RunFolder {
  readonly runId: string
  /** Where people find a file of the run. @param name within the run: `records/00d62c1b.json` */
  locate(name: string): string
  readRun(): Promise<RunRecord>
  readState(): Promise<RunState>
  putState(state: RunState): Promise<void>
  listItems(): Promise<ItemReference[]>
  /** @param hash the content hash of an item */
  readPairs(hash: string): Promise<TaskPairs>
  /** The programs given for an item of a verification run. */
  readPrograms(itemKey: string): Promise<ProgramToVerify[]>

  /** Stores messages under their hash, once however often they are put. @returns the hash */
  putPrompt(messages: readonly Message[]): Promise<string>
  readPrompt(hash: string): Promise<Message[]>
  findAnswer(key: string): Promise<Answer | undefined>
  readAnswer(key: string): Promise<Answer>
  reserveAnswer(key: string): Promise<AnswerPlace>
  /** Why no request should be sent now, since its answer could not be stored; undefined while there is room. */
  findLackOfRoom(): string | undefined
  countAnswers(): Promise<number>
  /** Keys, in no order. */
  listAnswers(): Promise<string[]>

  findVerdicts(itemKey: string, round: number): Promise<RoundVerdicts | undefined>
  putVerdicts(itemKey: string, round: number, verdicts: RoundVerdicts): Promise<void>

  findDecision(key: string): Promise<StoredDecision | undefined>
  putDecision(key: string, decision: StoredDecision): Promise<void>

  /** Ids of batches, in no order. */
  listBatches(): Promise<string[]>
  readBatch(id: string): Promise<Batch>
  putBatch(batch: Batch): Promise<void>
  readBatchRequests(id: string): Promise<BatchedRequest[]>
  putBatchRequests(id: string, requests: readonly BatchedRequest[]): Promise<void>
  /** The questions that an item waits for; undefined if it waits for none. */
  findWanted(itemKey: string): Promise<WantedQuestions | undefined>
  putWanted(itemKey: string, questions: WantedQuestions): Promise<void>
  removeWanted(itemKey: string): Promise<void>

  findRecord(itemKey: string): Promise<ItemRecord | undefined>
  putRecord(record: ItemRecord): Promise<void>
  /** Item keys, in no order. */
  listRecorded(): Promise<string[]>
  putFailure(failure: ItemFailure): Promise<void>
  removeFailure(itemKey: string): Promise<void>
  listFailures(): Promise<ItemFailure[]>

  /** Keeps what had come of a broken answer, in place of the oldest where a round of a sample has many. */
  putPartial(partial: StoredPartial): Promise<void>
  /** Sample by sample and round by round, the oldest of a round first. */
  listPartials(of: PartialsOf): Promise<StoredPartial[]>

  appendLedger(line: LedgerLine): Promise<void>
  /** Iterate once, line by line; in no order. An unreadable line counts as an unknown cost. */
  readLedger(): Promise<Iterable<ReadLedgerLine>>
  /** Each call reads the lines that all writers added since the previous call; the first call reads all lines. */
  followLedger(): () => Promise<Iterable<ReadLedgerLine>>
  appendLog(line: string): Promise<void>
  putReport(name: ReportName, text: string): Promise<void>
  findReport(name: ReportName): Promise<string | undefined>
  /** Changes whenever a file that the run's numbers come from is written, added or removed. Reads no file content. */
  stamp(): Promise<string>
  /** The numbers as last counted. */
  findNumbers(): Promise<KeptNumbers | undefined>
  putNumbers(numbers: KeptNumbers): Promise<void>
  /** Removes files that dead writers left half written. */
  sweep(): Promise<void>

  /** Names of the files in one of the run's folders: `records/00d62c1b.json`. */
  listFiles(folder: StoredFolder): Promise<string[]>
  /** What is wrong with a file; undefined if nothing is. */
  findFault(name: string): Promise<DamagedRun | undefined>
  /** Moves a file into `damaged/`, where nothing reads it. @returns its new path */
  setAside(name: string): Promise<string>
  /** The second copy of a file that cannot be rebuilt from others; undefined if there is no sound copy. */
  findCopy<Name extends CopiedFile>(name: Name): Promise<StoredValue<`copies/${Name}`> | undefined>
  /** Writes one of these files and its copy. */
  restore(name: CopiedFile, value: unknown): Promise<void>
  restorePairs(hash: string, pairs: TaskPairs): Promise<void>
}

export type StoredFolder =
  | 'items'
  | 'programs'
  | 'prompts'
  | 'answers'
  | 'partial'
  | 'batches'
  | 'batch_requests'
  | 'wanted'
  | 'verdicts'
  | 'decisions'
  | 'records'
  | 'failures'

/** Files that are stored twice, because everything else depends on them. */
export type CopiedFile = 'run.json' | 'state.json' | 'items.json'

/** The content of a run's files, by the first part of their names; `stored-shapes.ts` has the schema of each. */
interface StoredValues {
  readonly 'run.json': RunRecord
  readonly 'state.json': RunState
  readonly 'items.json': ItemReference[]
  readonly 'numbers.json': KeptNumbers
  readonly items: TaskPairs
  readonly programs: ProgramToVerify[]
  readonly prompts: Message[]
  readonly answers: Answer
  readonly partial: StoredPartial
  readonly batches: Batch
  readonly batch_requests: BatchedRequest[]
  readonly wanted: WantedQuestions
  readonly verdicts: RoundVerdicts
  readonly decisions: StoredDecision
  readonly records: ItemRecord
  readonly failures: ItemFailure
}

/** The content of a file, by its name within the run: `records/00d62c1b.json` holds an `ItemRecord`. */
export type StoredValue<Name extends string> = Name extends `copies/${infer Copied}`
  ? StoredValue<Copied>
  : Name extends keyof StoredValues
    ? StoredValues[Name]
    : Name extends `${infer Folder extends keyof StoredValues}/${string}`
      ? StoredValues[Folder]
      : unknown

/** All runs. One interface and one contract suite for local files, memory, and anything else that can store named texts. */
export interface RunStore {
  /** Created once and kept. Queue names contain it, so workers on different stores never take each other's work. */
  readStoreId(): Promise<string>
  /** Newest first, by creation time; equal times by name. Runs whose `run.json` has no readable time come last. */
  listRuns(): Promise<string[]>
  /** Ids of the runs whose state is open, in no order. Cheap: it reads one small file per run. */
  listOpenRuns(): Promise<string[]>
  hasRun(runId: string): Promise<boolean>
  /**
   * Stores a new run whole or not at all: `run.json` is written last. @returns undefined, with nothing stored, if the name is
   * taken
   */
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
  /** The programs of every item, by item key, in a verification run. */
  readonly programs?: ReadonlyMap<string, readonly ProgramToVerify[]>
}

/** A file of a run is missing or malformed. Named `MalformedInput`, so that nothing retries it. */
export class DamagedRun extends MalformedInput {
  readonly runId: string

  constructor(runId: string, fault: Pick<MalformedInput, 'file' | 'place' | 'problem'>) {
    super(fault.file, fault.place, fault.problem)
    this.runId = runId
  }
}

export class RunNotFound extends Error {
  override readonly name = 'RunNotFound'
  readonly runId: string

  /** @param known newest first @param near those of them with a similar name */
  constructor(runId: string, known: readonly string[], near: readonly string[] = []) {
    const newest = known.slice(0, 5)
    const meant = near.length > 0 ? ` Did you mean ${near.join(' or ')}?` : ''
    super(
      `There is no run "${runId}".${meant} ${newest.length > 0 ? `The newest are: ${newest.join(', ')}.` : 'There are no runs yet.'}`,
    )
    this.runId = runId
  }
}
