import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** A process of the bench, beside this file. It ends when the bench does, however that ends. */
export interface Helper<Message> {
  readonly pid: number
  /** What it said first. */
  readonly said: Message
  /** Tells it something and waits until it has answered. */
  tell(message: unknown): Promise<void>
  close(): Promise<void>
}

/** Starts a process and waits for its first message. @throws when it ends before */
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
