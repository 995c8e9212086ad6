import { Context } from '@temporalio/activity'

const heartbeatEveryMs = 4_000

/** Sends heartbeats for as long as an activity works, whatever it waits for: a lock, a slow disk, a large file. */
export function keepAlive<Input, Result>(work: (input: Input) => Promise<Result>): (input: Input) => Promise<Result> {
  return async function alive(input) {
    const { heartbeat } = Context.current()
    const beat = setInterval(heartbeat, heartbeatEveryMs)
    try {
      return await work(input)
    } finally {
      clearInterval(beat)
    }
  }
}
