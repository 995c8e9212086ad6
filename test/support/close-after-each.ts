import { afterEach } from '@jest/globals'

/** What a test opens: closed in order, or killed. */
type Opened = { close(): unknown } | { kill(signal: 'SIGKILL'): unknown }

/**
 * For a test file: what the function it returns is given is closed after the test, the last opened first, even when the test
 * failed or ran out of time. What is left open would keep Jest from ending.
 *
 * Give it the promise, not the awaited value: a test that runs out of time while it opens something leaves that open, too.
 */
export function closeAfterEach(): <Value extends Opened>(opening: Value | Promise<Value>) => Promise<Value> {
  const openings: Promise<Opened>[] = []
  afterEach(async () => {
    for (const opening of openings.splice(0).reverse()) {
      const opened = await opening.catch(() => undefined) // the test was told
      if (opened !== undefined) await ('close' in opened ? opened.close() : opened.kill('SIGKILL'))
    }
  })
  return (opening) => {
    const promise = Promise.resolve(opening)
    openings.push(promise)
    return promise
  }
}
