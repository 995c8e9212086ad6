import { hashText } from '../../adapters/files/hash.ts'
import type { LabelSubject } from '../../domain/labels/label.ts'
import { chosenRound, isCorrectOnTests } from '../../domain/runs/record.ts'
import { givesGrids, isVerification } from '../../domain/runs/run.ts'
import { findTrace } from '../../domain/tasks/change-traces.ts'
import { readReasoning } from '../../runs/read-reasoning.ts'
import type { LabelSubjectDocument } from '../documents.ts'
import { findView, listAllTasks, type Library } from '../library.ts'
import { openRun } from '../open-run.ts'
import { openView } from '../open-view.ts'
import { Problem } from '../problem.ts'
import { refuseSample } from '../refuse-sample.ts'

/** A text to label, as it stands now, with everything that is to be known about it. */
export type OpenSubject = Omit<LabelSubjectDocument, 'mine' | 'is_changed' | 'others'>

/** @throws {Problem} if there is no such text */
export function openSubject(library: Library, subject: LabelSubject): Promise<OpenSubject> {
  return 'trace_id' in subject ? openTrace(library, subject.trace_id) : openSample(library, subject)
}

async function openSample(
  library: Library,
  { run_id, item: key, sample: index }: Exclude<LabelSubject, { trace_id: string }>,
): Promise<OpenSubject> {
  const folder = await openRun(library, run_id)
  const run = await folder.readRun()
  if (isVerification(run)) throw refuseVerification(run_id)
  const item = (await folder.listItems()).find((each) => each.key === key)
  if (item === undefined) throw new Problem(404, 'not-in-run', `Run "${run_id}" has no task "${key}".`)
  const record = await folder.findRecord(key)
  if (record === undefined) throw new Problem(404, 'not-recorded', `Run "${run_id}" has no record of "${key}" yet.`)
  const sample = record.samples[index]
  if (sample === undefined) return refuseSample(run_id, record, index)
  const [pairs, reasoning, tasks, entries] = await Promise.all([
    folder.readPairs(item.hash),
    readReasoning(folder, run, sample),
    listAllTasks(library),
    library.dataset.read(),
  ])
  const round = chosenRound(sample)
  return {
    subject: { run_id, item: key, sample: index },
    task_id: item.task_id,
    version: item.version,
    view: findView(tasks, entries, item.hash) ?? null,
    train: pairs.train,
    test_inputs: pairs.test.map(({ input }) => input),
    ...reasoning,
    text_hash: hashText(reasoning.text),
    program: round.program,
    outcome: givesGrids(run)
      ? { train_correct: round.run?.train_correct ?? null, test_correct: isCorrectOnTests(sample, pairs) }
      : null,
  }
}

async function openTrace(library: Library, traceId: string): Promise<OpenSubject> {
  const trace = findTrace(await library.traces.read(), traceId)
  if (trace === undefined) throw new Problem(404, 'no-such-trace', 'This trace no longer exists.')
  const { task_id, version = 0, text } = trace
  const opened = await findTaskOf(library, task_id, version)
  return {
    subject: { trace_id: traceId },
    task_id,
    version,
    view: opened ? { task: opened.task.key, version } : null,
    train: opened?.pairs.train ?? [],
    test_inputs: opened?.pairs.test.map(({ input }) => input) ?? [],
    text,
    text_hash: hashText(text),
    thinking: null,
    program: null,
    outcome: null,
  }
}

/** A trace may be about a task that is not here, or whose id several tasks have. */
async function findTaskOf(library: Library, key: string, version: number) {
  try {
    return await openView(library, { key, version: String(version), steps: undefined })
  } catch (error) {
    if (error instanceof Problem) return undefined
    throw error
  }
}

export function refuseVerification(runId: string): Problem {
  return new Problem(
    400,
    'no-reasoning',
    `Run "${runId}" is a verification: it asked no model, so there is nothing to label.`,
  )
}
