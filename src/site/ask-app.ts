import { setTimeout as wait } from 'node:timers/promises'
import { createApp } from '../api/create-app.ts'
import type { ProblemDocument } from '../api/documents.ts'
import type { Library } from '../api/library.ts'

/** Between two looks at a run that is still being counted. */
const lookAgainMs = 50

export interface AppAsked {
  /** @returns the answer to a GET; undefined if there is no such document */
  find(address: string): Promise<unknown>
  /** @throws {Error} if there is no such document */
  need<Document>(address: string): Promise<Document>
  /** Asks until the answer is complete: nobody is kept waiting by the server for a run that is being counted. */
  needWhole<Document>(address: string, isWhole: (document: Document) => boolean): Promise<Document>
}

/** The page's API, asked within this process: what it answers is what the page on a server shows. */
export function createAskedApp(library: Library): AppAsked {
  let fault: unknown
  const onFault = (error: unknown) => (fault = error)
  const app = createApp({ library, readPage: () => Promise.resolve(new Map()), onFault, mayAct: false })

  async function find(address: string): Promise<unknown> {
    const host = '127.0.0.1'
    const response = await app.request(`http://${host}${address}`, { headers: { host } })
    if (response.ok) return response.json()
    if (response.status === 404) return undefined
    if (response.status >= 500 && fault !== undefined) throw fault
    const { error } = (await response.json()) as ProblemDocument // Of the same build.
    throw new Error(`${address}: ${error.message}`)
  }

  async function need<Document>(address: string): Promise<Document> {
    const document = await find(address)
    if (document === undefined) throw new Error(`${address} was not answered`)
    return document as Document // Of the same build.
  }

  return {
    find,
    need,
    async needWhole<Document>(address: string, isWhole: (document: Document) => boolean): Promise<Document> {
      for (;;) {
        const document = await need<Document>(address)
        if (isWhole(document)) return document
        await wait(lookAgainMs)
      }
    },
  }
}
