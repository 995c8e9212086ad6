import { afterEach } from '@jest/globals'

/** What a test opens: closed in order, or killed. */
type Opened = { close(): unknown } | { kill(signal: 'SIGKILL'): unknown }

/**
 * For a test file: closes after each test what was passed to the function it returns, last opened first, even if the test failed
 * or timed out. Anything left open would keep Jest from exiting.
 *
 * Pass the promise, not the awaited value: a test that times out while it opens something leaves that open, too.
 */
export function closeAfterEach(): <Value extends Opened>(opening: Value | Promise<Value>) => Promise<Value> {
  const openings: Promise<Opened>[] = []
  afterEach(async () => {
    for (const opening of openings.splice(0).reverse()) {
      const opened = await opening.catch(() => undefined) // the test is told
      if (opened !== undefined) await ('close' in opened ? opened.close() : opened.kill('SIGKILL'))
    }
  })
  return (opening) => {
    const promise = Promise.resolve(opening)
    openings.push(promise)
    return promise
  }
}
