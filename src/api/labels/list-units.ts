import { hashText } from '../../adapters/files/hash.ts'
import type { QueueUnit } from '../../domain/labels/label-queue.ts'
import { nameSubject } from '../../domain/labels/label.ts'
import { markLetters } from '../../domain/results/sample-mark.ts'
import { isVerification } from '../../domain/runs/run.ts'
import type { Trace } from '../../domain/tasks/trace.ts'
import type { MatrixRow } from '../../runs/read-matrix.ts'
import type { ReadMatrix } from '../counting/know-matrices.ts'
import type { Library } from '../library.ts'
import { openRun } from '../open-run.ts'
import { refuseVerification } from './open-subject.ts'

interface UnitList {
  readonly units: readonly QueueUnit[]
  /** Whether a run is still being read. */
  readonly isReading: boolean
}

/** Marks of samples that have no text. */
const withoutText: readonly string[] = [markLetters.rejected, markLetters.refused]

/** The texts of runs, in the order of their tasks and samples, and then the traces. */
export async function listUnits(
  library: Library,
  readMatrix: ReadMatrix,
  { runs, traces }: { readonly runs: readonly string[]; readonly traces: boolean },
): Promise<UnitList> {
  const units: QueueUnit[] = []
  let isReading = false
  for (const runId of runs) {
    const folder = await openRun(library, runId)
    if (isVerification(await folder.readRun())) throw refuseVerification(runId)
    const { rows, is_reading } = await readMatrix(folder)
    isReading ||= is_reading
    for (const row of rows) units.push(...listSamples(runId, row))
  }
  if (traces) {
    const byTask = Object.values(await library.traces.read())
    units.push(...byTask.flat().map(describeTrace))
  }
  return { units, isReading }
}

const unitsOfRows = new WeakMap<MatrixRow, readonly QueueUnit[]>()

/** Cached by row: a row is the same object until its task is recorded again. */
function listSamples(runId: string, row: MatrixRow): readonly QueueUnit[] {
  const cachedUnits = unitsOfRows.get(row)
  if (cachedUnits !== undefined) return cachedUnits
  const { item, marks, passed_train } = row
  const units = Array.from(marks).flatMap((letter, sample): QueueUnit[] => {
    if (withoutText.includes(letter)) return []
    const subject = { run_id: runId, item, sample }
    return [{ subject, name: nameSubject(subject), passedTrain: passed_train.includes(sample) }]
  })
  unitsOfRows.set(row, units)
  return units
}

const unitsOfTraces = new WeakMap<Trace, QueueUnit>()

/** Hashed once: the same trace is the same object until its file changes. */
function describeTrace(trace: Trace): QueueUnit {
  const cachedUnit = unitsOfTraces.get(trace)
  if (cachedUnit !== undefined) return cachedUnit
  const subject = { trace_id: trace.trace_id }
  const unit = { subject, name: nameSubject(subject), passedTrain: false, textHash: hashText(trace.text) }
  unitsOfTraces.set(trace, unit)
  return unit
}
