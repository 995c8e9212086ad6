import { labelFilters, queueOrders, sampleFilters, type QueueChoice } from '../../../src/domain/labels/label-queue.ts'
import type { LabelSubject } from '../../../src/domain/labels/label.ts'
import { parseCount, withoutUndefined, type Parameter } from './parameters.ts'
import { parseList } from './run-views.ts'

/** The texts to label, and the current place. Absent fields mean the default of each. */
export interface AnnotateView {
  readonly runs?: readonly string[]
  /** Also the traces of all tasks. */
  readonly traces?: true
  readonly samples?: QueueChoice['samples']
  readonly labels?: QueueChoice['labels']
  readonly order?: QueueChoice['order']
  /** Shows the verdict before the text is labelled. */
  readonly outcome?: true
  /** The text being read; the first of the queue if it is absent. */
  readonly at?: LabelSubject
}

export function parseAnnotateView(parameters: URLSearchParams): AnnotateView {
  const runs = parseList(parameters.get('runs'))
  return withoutUndefined({
    runs: runs.length > 0 ? runs : undefined,
    traces: parameters.get('traces') === 'yes' ? true : undefined,
    samples: sampleFilters.slice(1).find((name) => name === parameters.get('samples')),
    labels: labelFilters.slice(1).find((name) => name === parameters.get('labels')),
    order: queueOrders.slice(1).find((name) => name === parameters.get('order')),
    outcome: parameters.get('outcome') === 'shown' ? true : undefined,
    at: parseSubject(parameters),
  })
}

export function listAnnotateView({ runs, traces, samples, labels, order, outcome, at }: AnnotateView): Parameter[] {
  return [
    ['runs', runs?.join(',')],
    ['traces', traces && 'yes'],
    ['samples', samples],
    ['labels', labels],
    ['order', order],
    ['outcome', outcome && 'shown'],
    ...(at ? listSubject(at) : []),
  ]
}

/** As on the server. */
export function listSubject(subject: LabelSubject): Parameter[] {
  if ('trace_id' in subject) return [['trace', subject.trace_id]]
  return [
    ['run', subject.run_id],
    ['item', subject.item],
    ['sample', String(subject.sample)],
  ]
}

function parseSubject(parameters: URLSearchParams): LabelSubject | undefined {
  const trace = parameters.get('trace')
  if (trace) return { trace_id: trace }
  const [run, item, sample] = [parameters.get('run'), parameters.get('item'), parseCount(parameters.get('sample'))]
  return run && item && sample !== undefined ? { run_id: run, item, sample } : undefined
}
