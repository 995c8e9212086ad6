import { Hono, type Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { except } from 'hono/combine'
import { compress } from 'hono/compress'
import { etag } from 'hono/etag'
import { secureHeaders } from 'hono/secure-headers'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { MalformedInput } from '../domain/malformed-input.ts'
import type { RunOperations } from '../operations/create-operations.ts'
import type { Discussions } from './discussions/discussions.ts'
import type { AbilitiesDocument, ProblemDocument } from './documents.ts'
import type { Pass } from './guards/admit-bearer.ts'
import { guardRequests } from './guards/guard-requests.ts'
import { requirePermission, whyNotAllowed } from './guards/require-permission.ts'
import type { Library } from './library.ts'
import type { PageFiles } from './page/page-files.ts'
import { Problem } from './problem.ts'
import { createCompareRoutes } from './routes/compare-routes.ts'
import { createDiscussionRoutes } from './routes/discussion-routes.ts'
import { createExportRoutes } from './routes/export-routes.ts'
import { createLabelRoutes } from './routes/label-routes.ts'
import { createOperationRoutes } from './routes/operation-routes.ts'
import { createProgramRoutes } from './routes/program-routes.ts'
import { createProgressRoutes } from './routes/progress-routes.ts'
import { createRunRoutes } from './routes/run-routes.ts'
import { createSampleRoutes } from './routes/sample-routes.ts'
import { createSolvedRoutes } from './routes/solved-routes.ts'
import { createTaskRoutes } from './routes/task-routes.ts'
import { createTaskSampleRoutes } from './routes/task-sample-routes.ts'
import { createTraceRoutes } from './routes/trace-routes.ts'

export interface AppDependencies {
  readonly library: Library
  readonly readPage: () => Promise<PageFiles>
  /** Conversations with models; without it there are none. */
  readonly discussions?: Discussions | undefined
  /** Receives unexpected errors; the browser only learns that one happened. */
  readonly onFault: (error: unknown) => void
  /** Applied to every visitor; without it the server is for this machine alone. */
  readonly pass?: Pass | undefined
  /** What starts and steers runs; without it nothing can. */
  readonly operations?: RunOperations
  /** Whether visitors may start and steer runs, run programs and ask models. By default where no pass is required. */
  readonly mayAct?: boolean
}

/** Whatever costs money, time or processors. */
const actions = ['/api/runs', '/api/runs/*', '/api/tasks/:task/run', '/api/discussions/*']

/** A 30×30 grid is 2 KB; the longest trace, 64 KB. */
const maxBodyBytes = 256 * 1024

const policy = {
  defaultSrc: ["'none'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'"],
  imgSrc: ["'self'", 'data:'],
  connectSrc: ["'self'"],
  baseUri: ["'none'"],
  formAction: ["'none'"],
  frameAncestors: ["'none'"],
}

/** A report contains its styles and needs nothing else, so whatever a model wrote into it can do nothing. */
const reportPolicy = "default-src 'none'; style-src 'unsafe-inline'; sandbox"

/** The page and its API, as one function from request to response. */
export function createApp(dependencies: AppDependencies): Hono {
  const { library, discussions, readPage, onFault, pass, operations, mayAct = pass === undefined } = dependencies
  const app = new Hono()
  // First, so that it has the last word.
  app.use('/api/runs/:run/report.html', async (context, next) => {
    await next()
    context.header('content-security-policy', reportPolicy)
  })
  app.use(
    secureHeaders({ contentSecurityPolicy: policy, referrerPolicy: 'no-referrer', strictTransportSecurity: false }),
  )
  app.use(guardRequests(pass))
  app.use(compress())
  // An ETag is a hash of the whole body, which a stream does not have before its end.
  app.use(except('/api/discussions/:id/answer', etag()))
  app.use('/api/*', bodyLimit({ maxSize: maxBodyBytes, onError: refuseLarge }))
  app.use('/api/*', async (context, next) => {
    await next()
    // Cached, but revalidated each time: an ETag tells whether it changed.
    context.header('cache-control', 'no-cache')
  })
  app.on(['POST', 'PUT', 'PATCH', 'DELETE'], actions, requirePermission(mayAct))
  app.get('/api/abilities', (context) => {
    const document: AbilitiesDocument = { may_act: mayAct, ...(!mayAct && { reason: whyNotAllowed }) }
    return context.json(document)
  })
  const { readMatrix } = library.counting
  app.route('/api/tasks', createTaskRoutes(library))
  app.route('/api/tasks', createProgramRoutes(library))
  app.route('/api/traces', createTraceRoutes(library))
  app.route('/api/labels', createLabelRoutes(library, readMatrix))
  app.route('/api/progress', createProgressRoutes(library))
  app.route('/api/samples', createTaskSampleRoutes(library))
  // The former address, which a page that was opened before an update still asks for.
  app.route('/api/attempts', createTaskSampleRoutes(library))
  if (operations) app.route('/api', createOperationRoutes(library, operations))
  app.route('/api/runs', createRunRoutes(library, readMatrix))
  app.route('/api/runs', createSampleRoutes(library))
  app.route('/api/compare', createCompareRoutes(library))
  app.route('/api/solved', createSolvedRoutes(library))
  app.route('/api/export', createExportRoutes(library))
  if (discussions) app.route('/api/discussions', createDiscussionRoutes(library, discussions))
  app.all('/api/*', (context) => {
    throw new Problem(404, 'not-found', `No route for ${context.req.method} ${context.req.path}.`)
  })
  app.get('*', async (context) => servePage(context, await readPage()))
  app.notFound((context) =>
    respond(context, 404, 'not-found', `No route for ${context.req.method} ${context.req.path}.`),
  )
  app.onError((error, context) => {
    if (error instanceof Problem) return respond(context, error.status, error.type, error.message, error.place)
    onFault(error)
    if (error instanceof MalformedInput) return respond(context, 500, 'malformed-file', error.message, error.place)
    return respond(context, 500, 'unexpected', 'Something went wrong in the server; see its log.')
  })
  return app
}

function refuseLarge(): never {
  throw new Problem(413, 'too-large', `The body is larger than ${maxBodyBytes} bytes.`)
}

const notBuilt = `<!doctype html><html lang="en"><meta name="viewport" content="width=device-width">
<title>Arcloom: not built</title>
<h1>The page is not built yet</h1>
<p>Build it with <code>scripts/setup</code> or <code>npm run build</code>, and reload.</p>
`

/** Any path that is not a file belongs to the page: its router shows it, or reports that there is no such page. */
function servePage(context: Context, page: PageFiles): Response {
  const index = page.get('/index.html')
  if (index === undefined) {
    return context.html(notBuilt, 503)
  }
  const file = page.get(context.req.path)
  if (file === undefined && context.req.path.startsWith('/assets/')) {
    throw new Problem(404, 'not-found', `There is no ${context.req.path}.`)
  }
  const { bytes, type, isHashed } = file ?? index
  context.header('content-type', type)
  context.header('cache-control', isHashed ? 'private, max-age=31536000, immutable' : 'no-cache')
  return context.body(bytes)
}

function respond(context: Context, status: ContentfulStatusCode, type: string, message: string, place?: string) {
  const document: ProblemDocument = { error: { type, message, ...(place !== undefined && { place }) } }
  return context.json(document, status)
}
