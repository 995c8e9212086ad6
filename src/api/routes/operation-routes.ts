import { Hono } from 'hono'
import type { RunFolder } from '../../adapters/stores/run-store.ts'
import { isOpen } from '../../domain/runs/run.ts'
import type { RunOperations } from '../../operations/create-operations.ts'
import type { StackReport } from '../../stack/state/read-stack-status.ts'
import { isServing } from '../../stack/state/stack-status.ts'
import type {
  AgainDocument,
  ContinuedDocument,
  PlanDocument,
  StackDocument,
  StartedDocument,
  StartOptionsDocument,
} from '../documents.ts'
import { explainRefusal, orExplain } from '../explain-refusal.ts'
import type { Library } from '../library.ts'
import { openRun } from '../open-run.ts'
import { orderSchema, resumeSchema, retrySchema, startSchema, steeringSchema } from '../operation-schemas.ts'
import { Problem } from '../problem.ts'
import { readBody } from '../read-body.ts'

/** Starting runs and steering them. Visitors who may not act can only look: every POST is refused to them. */
export function createOperationRoutes(library: Library, operations: RunOperations): Hono {
  const routes = new Hono()

  /** What a form offers. */
  routes.get('/start-options', async (context) => {
    const document: StartOptionsDocument = await orExplain(operations.listOptions())
    return context.json(document)
  })

  /** Whether runs can be worked on here now, from files alone. */
  routes.get('/stack', (context) => context.json(describeStack(operations.readStack())))

  routes.get('/runs/:run/again', async (context) => {
    const folder = await openRun(library, context.req.param('run'))
    const document: AgainDocument = { order: await orExplain(operations.orderAgain(folder)) }
    return context.json(document)
  })

  routes.post('/runs/plan', async (context) => {
    const { faults, ...plan } = await orExplain(operations.plan(await readBody(context, orderSchema)))
    const document: PlanDocument = { ...plan, problems: faults.map(describeFault) }
    return context.json(document)
  })

  routes.post('/runs', async (context) => {
    const { key, ...order } = await readBody(context, startSchema)
    const document: StartedDocument = { runs: await orExplain(operations.start(order, key)) }
    return context.json(document, 201)
  })

  routes.post('/runs/:run/steer', async (context) => {
    const { action } = await readBody(context, steeringSchema)
    const folder = await openRun(library, context.req.param('run'))
    await refuseEnded(folder)
    await orExplain(operations.steer(folder, action), 409)
    const document: ContinuedDocument = { nothing_to_do: null }
    return context.json(document)
  })

  routes.post('/runs/:run/resume', async (context) => {
    const { flags, open_only } = await readBody(context, resumeSchema)
    const folder = await openRun(library, context.req.param('run'))
    if (open_only) await refuseEnded(folder)
    const why = await orExplain(operations.continue(folder, 'resume', flags, false), 409)
    const document: ContinuedDocument = { nothing_to_do: why ?? null }
    return context.json(document)
  })

  routes.post('/runs/:run/retry', async (context) => {
    const { flags, rejected } = await readBody(context, retrySchema)
    const folder = await openRun(library, context.req.param('run'))
    const why = await orExplain(operations.continue(folder, 'retry', flags, rejected), 409)
    const document: ContinuedDocument = { nothing_to_do: why ?? null }
    return context.json(document)
  })
  return routes
}

/** A form that is not filled in yet is no error of the request. @throws what is no fault of the order */
function describeFault(fault: unknown): PlanDocument['problems'][number] {
  const problem = explainRefusal(fault)
  if (!(problem instanceof Problem)) throw problem
  return { field: problem.type === 'malformed-file' ? null : (problem.place ?? null), message: problem.message }
}

/** @throws {Problem} if the run is not open */
async function refuseEnded(folder: RunFolder): Promise<void> {
  const { state } = await folder.readState()
  if (!isOpen(state)) throw new Problem(409, 'ended', `The run has ended: it is ${state.replace('-', ' ')}.`)
}

function describeStack({ state, status }: StackReport): StackDocument {
  const { server, worker } = status?.parts ?? {}
  const isReady = status !== undefined && !status.ending && [server, worker].every((part) => part && isServing(part))
  return { is_ready: isReady, problem: isReady ? null : problems[state] }
}

const problems = {
  down: 'Nothing is running here that could work on runs. To start it: npx arcloom up',
  unsupervised: 'Nothing is running here that could work on runs. To start it: npx arcloom up',
  ending: 'What works on runs is being stopped. To start it again: npx arcloom up',
  starting: 'What works on runs is starting; this takes a few seconds.',
  failed: 'A part of what works on runs cannot be started. To see which, and why: npx arcloom doctor',
  up: 'What works on runs is not all there. To see what is missing: npx arcloom doctor',
} as const
