import { Hono } from 'hono'
import { viewQueue } from '../../domain/labels/label-queue.ts'
import { nameSubject, type GivenLabel, type LabelSubject } from '../../domain/labels/label.ts'
import type { ReadMatrix } from '../counting/know-matrices.ts'
import type { LabelQueueDocument, LabelSubjectDocument, ShownLabel } from '../documents.ts'
import { listUnits } from '../labels/list-units.ts'
import { openSubject, type OpenSubject } from '../labels/open-subject.ts'
import type { Library } from '../library.ts'
import { Problem } from '../problem.ts'
import { checkValue, readBody } from '../read-body.ts'
import { labelQueueQuerySchema, labelRequestSchema, labelSubjectQuerySchema } from '../schemas.ts'

/** Labels of reasoning: the queue of what is to be labelled, each text, and what people say of it. */
export function createLabelRoutes(library: Library, readMatrix: ReadMatrix): Hono {
  const { labels } = library
  const routes = new Hono()

  routes.get('/queue', async (context) => {
    const { person, samples, labels: filter, order, ...query } = checkValue(labelQueueQuerySchema, context.req.query())
    const [{ units, isReading }, { book, faults }] = await Promise.all([
      listUnits(library, readMatrix, query),
      labels.read(),
    ])
    const document: LabelQueueDocument = {
      ...viewQueue(units, { person, samples, labels: filter, order }, book, placeOf(query)),
      is_reading: isReading,
      faults: faults.map(({ message }) => message),
    }
    return context.json(document)
  })

  routes.get('/subject', async (context) => {
    const { person, outcome, ...query } = checkValue(labelSubjectQuerySchema, context.req.query())
    const subject = placeOf(query)
    if (subject === undefined) {
      throw new Problem(400, 'malformed', 'Name a text: run, item and sample, or trace.')
    }
    return context.json(await describe(await openSubject(library, subject), person, outcome))
  })

  routes.put('/', async (context) => {
    const { person, subject, text_hash, label, note, saw_outcome } = await readBody(context, labelRequestSchema)
    const opened = await openSubject(library, subject)
    if (opened.text_hash !== text_hash) {
      throw new Problem(
        409,
        'text-changed',
        'This text has changed since you read it. Read it again before you label it.',
      )
    }
    if (opened.text === '') throw new Problem(400, 'no-reasoning', 'There is no text here that could be labelled.')
    await labels.put({
      at: new Date().toISOString(),
      person,
      ...opened.subject,
      task_id: opened.task_id,
      text_hash,
      label,
      ...(label !== null && note !== '' && { note }),
      saw_outcome,
    })
    return context.json(await describe(opened, person, false))
  })

  /** Others' labels and the verdict stay with the server until they can no longer sway this person, unless they ask for the verdict. */
  async function describe(opened: OpenSubject, person: string, asksOutcome: boolean): Promise<LabelSubjectDocument> {
    const { book } = await labels.read()
    const byPerson = book.of(nameSubject(opened.subject))
    const own = byPerson.get(person)
    const mine = own?.text_hash === opened.text_hash ? own : undefined
    const others = [...byPerson.values()].filter(
      (label) => label.person !== person && label.text_hash === opened.text_hash,
    )
    return {
      ...opened,
      outcome: mine !== undefined || asksOutcome ? opened.outcome : null,
      mine: mine ? show(mine) : null,
      is_changed: own !== undefined && mine === undefined,
      others: mine ? others.map(show) : null,
    }
  }
  return routes
}

interface PlaceQuery {
  readonly run?: string | undefined
  readonly item?: string | undefined
  readonly sample?: number | undefined
  readonly trace?: string | undefined
}

function placeOf({ run, item, sample, trace }: PlaceQuery): LabelSubject | undefined {
  if (trace !== undefined) return { trace_id: trace }
  if (run === undefined || item === undefined || sample === undefined) return undefined
  return { run_id: run, item, sample }
}

function show({ person, label, note, at }: GivenLabel): ShownLabel {
  return { person, label, note: note ?? null, at }
}
