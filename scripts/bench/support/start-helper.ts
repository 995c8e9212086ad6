import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** A process of the bench, in this folder. It ends when the bench does, whatever the reason. */
export interface Helper<Message> {
  readonly pid: number
  /** Its first message. */
  readonly said: Message
  /** Sends it a message and waits for the answer. */
  tell(message: unknown): Promise<void>
  close(): Promise<void>
}

/** Starts a process and waits for its first message. @throws if it exits before that */
export async function startHelper<Message>(
  script: string,
  words: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): Promise<Helper<Message>> {
  const path = fileURLToPath(new URL(script, import.meta.url))
  const child = fork(path, words, { execArgv: ['--disable-warning=ExperimentalWarning'], env, stdio: 'inherit' })
  const ended = once(child, 'exit')
  const message = async () => {
    const first = await Promise.race([once(child, 'message'), ended.then(() => undefined)])
    if (first === undefined) throw new Error(`${script} ended with ${child.exitCode ?? child.signalCode}`)
    return first[0] as Message
  }
  const said = await message()
  return {
    pid: child.pid ?? 0,
    said,
    async tell(what) {
      child.send(what as object)
      await message()
    },
    async close() {
      if (child.connected) child.disconnect()
      await ended
    },
  }
}
