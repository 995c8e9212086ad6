import type { Shown } from '../../domain/discussions/discussion.ts'
import type { QuestionParts, ShownSample } from '../../domain/discussions/render-question.ts'
import { showTry } from '../../domain/recipes/shown-try.ts'
import { chosenRound, listTestOutputs } from '../../domain/runs/record.ts'
import { isVerification } from '../../domain/runs/run.ts'
import { listTraces } from '../../domain/tasks/change-traces.ts'
import { describeSample } from '../describe-sample.ts'
import type { Library } from '../library.ts'
import { openRun } from '../open-run.ts'
import type { OpenView } from '../open-view.ts'
import { Problem } from '../problem.ts'
import { refuseSample } from '../refuse-sample.ts'
import type { QuestionRequest } from '../schemas.ts'

interface CollectedParts {
  readonly parts: QuestionParts
  readonly shown: Shown
}

/**
 * Everything that a question shows, from its request. Outputs of test pairs are left behind here: nothing that renders a question
 * gets them.
 *
 * @param showsTask false if the model has seen the task in this version
 * @throws {Problem} if something to be shown is not there
 */
export async function collectParts(
  library: Library,
  view: OpenView,
  { text, version, steps, traces: traceIds, drawing, sample }: QuestionRequest,
  showsTask: boolean,
): Promise<CollectedParts> {
  const { task, pairs, hash } = view
  const traces = traceIds.length === 0 ? [] : listTraces(await library.traces.read(), task.taskId)
  const shownTraces = traceIds.map((id) => {
    const trace = traces.find(({ trace_id }) => trace_id === id)
    if (trace === undefined) throw new Problem(404, 'no-such-trace', `The task has no trace "${id}" any longer.`)
    return trace
  })
  if (drawing !== null && pairs.test[drawing.test] === undefined) {
    throw new Problem(400, 'malformed', `drawing.test: ${drawing.test}; there is no such test input`, 'drawing.test')
  }
  const sampleParts = sample === null ? undefined : await findSample(library, hash, sample)
  return {
    parts: {
      ...(showsTask && { task: { train: pairs.train, testInputs: pairs.test.map(({ input }) => input) } }),
      traces: shownTraces,
      ...(sampleParts && { sample: sampleParts.sample }),
      ...(drawing && { drawing }),
      text,
    },
    shown: {
      version,
      steps,
      task_hash: showsTask ? hash : null,
      traces: traceIds,
      drawing: drawing?.test ?? null,
      sample: sample && sampleParts ? { run: sample.run, item: sampleParts.item, sample: sample.sample } : null,
    },
  }
}

/** A sample of a run that was asked about exactly these pairs: its grids and words would make no sense beside others. */
async function findSample(
  library: Library,
  hash: string,
  { run: runId, sample: index }: NonNullable<QuestionRequest['sample']>,
): Promise<{ readonly item: string; readonly sample: ShownSample }> {
  const folder = await openRun(library, runId)
  const item = (await folder.listItems()).find((each) => each.hash === hash)
  if (item === undefined) {
    throw new Problem(
      409,
      'other-view',
      `Run "${runId}" did not ask for the task as it is shown here: open the version that it asked for, without transforms on top.`,
    )
  }
  const [run, record, pairs] = await Promise.all([
    folder.readRun(),
    folder.findRecord(item.key),
    folder.readPairs(item.hash),
  ])
  if (record === undefined) throw new Problem(404, 'not-recorded', `Run "${runId}" has no record of this task yet.`)
  const sample = record.samples[index]
  if (sample === undefined) return refuseSample(runId, record, index)
  const { rounds, chosen } = await describeSample(folder, { ...item, view: null }, record, index)
  const text = rounds[chosen]?.calls.map((call) => call.text).join('\n\n') ?? ''
  const { program, run: ran } = chosenRound(sample)
  const tried = program !== null && ran !== null && { tried: showTry(text, program, ran, pairs.train) }
  const model = isVerification(run) ? 'a program' : run.model.key
  return { item: item.key, sample: { model, text, ...tried, outputs: listTestOutputs(sample, pairs) } }
}
