import type {
  CatalogueDocument,
  DistanceDocument,
  ProblemDocument,
  SubmissionDocument,
  TaskDocument,
} from '../../../src/api/documents.ts'
import { packTransforms } from '../../../src/domain/transforms/pack-transforms.ts'
import type { Grid } from '../../../src/domain/grid.ts'
import type { View } from '../address/route.ts'

/* The only file that talks to the server. */

/** What the server refused, in its words; or that it does not answer. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem'
  readonly type: string
  /** 0 where there was no answer. */
  readonly status: number

  constructor(status: number, type: string, message: string) {
    super(message)
    this.status = status
    this.type = type
  }
}

/** Which version of a task, under which transforms. */
export type TaskView = Pick<View, 'version' | 'steps'>

export const api = {
  readCatalogue: () => request<CatalogueDocument>('GET', '/api/tasks'),
  readTask: (key: string, view: TaskView) => request<TaskDocument>('GET', addressOf(key, view)),
  measureDistance: (key: string, view: TaskView, body: { test: number; grid: Grid; cells: boolean }) =>
    request<DistanceDocument>('POST', addressOf(key, view, '/distance'), body),
  submit: (key: string, view: TaskView, body: { test: number; grid: Grid; person: string }) =>
    request<SubmissionDocument>('POST', addressOf(key, view, '/submissions'), body),
}

export function addressOf(key: string, { version, steps }: TaskView, below = ''): string {
  const query = new URLSearchParams()
  if (version !== 0) query.set('version', String(version))
  if (steps.length > 0) query.set('steps', packTransforms(steps))
  const text = query.toString()
  return `/api/tasks/${encodeURIComponent(key)}${below}${text && `?${text}`}`
}

async function request<Result>(method: string, address: string, body?: unknown): Promise<Result> {
  const response = await send(method, address, body)
  const text = await response.text()
  if (response.ok) return JSON.parse(text) as Result // The server is of the same build.
  const { error } = readProblem(text)
  throw new ApiProblem(response.status, error.type, error.message)
}

async function send(method: string, address: string, body: unknown): Promise<Response> {
  try {
    return await fetch(address, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    })
  } catch (cause) {
    throw Object.assign(
      new ApiProblem(0, 'no-answer', 'The server does not answer. `npx arcloom up` starts it; what you drew is kept.'),
      { cause },
    )
  }
}

function readProblem(text: string): ProblemDocument {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && 'error' in value) return value as ProblemDocument
  } catch {
    // A proxy's page, say.
  }
  return { error: { type: 'unexpected', message: 'The server answered with something that is not its own.' } }
}
