import { serverSource } from './server-source.ts'

/** Where the documents come from: a server, or the files of a written site. */
export interface Source {
  /** Whether documents may change and what people do is stored. Otherwise the page only shows. */
  readonly isLive: boolean
  /** Whether the expected outputs of test inputs can be asked for. */
  readonly hasExpected: boolean
  /** @throws {ApiProblem} if the request is refused or not answered */
  request(method: string, address: string, body?: unknown, signal?: AbortSignal): Promise<unknown>
}

let source: Source = serverSource

/** Chosen once, before anything is drawn. */
export function chooseSource(chosen: Source): void {
  source = chosen
}

export function currentSource(): Source {
  return source
}
