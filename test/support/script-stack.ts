import { setTimeout as sleep } from 'node:timers/promises'
import { openTestStack, type TestStack } from './test-stack.ts'

const signals = ['SIGINT', 'SIGTERM'] as const
const maxEndMs = 5_000

/**
 * The stack of a script, which may be ended by a signal at any time: then the clients that it began and the stack are ended, too,
 * the folder is removed, and the script exits.
 */
export async function openScriptStack(): Promise<TestStack> {
  const stack = await openTestStack()
  const clients = new Set<ReturnType<TestStack['begin']>>()
  let closing: Promise<void> | undefined

  const begin: TestStack['begin'] = (...words) => {
    // A client would start the stack again.
    if (closing !== undefined) throw new Error('the stack is being closed')
    const client = stack.begin(...words)
    clients.add(client)
    void client.ended.then(() => clients.delete(client))
    return client
  }

  async function endClients(): Promise<void> {
    for (const client of clients) client.kill('SIGTERM')
    const ended = Promise.all([...clients].map((client) => client.ended))
    await Promise.race([ended, sleep(maxEndMs, undefined, { ref: false })])
    for (const client of clients) client.kill('SIGKILL')
  }

  async function closeAll(): Promise<void> {
    await endClients()
    await stack.close()
    for (const signal of signals) process.off(signal, endScript)
  }
  const close = () => (closing ??= closeAll())

  function endScript(signal: NodeJS.Signals): void {
    void close().finally(() => process.exit(signal === 'SIGINT' ? 130 : 143))
  }
  for (const signal of signals) process.on(signal, endScript)

  return { ...stack, begin, arcloom: (...words) => begin(...words).ended, close }
}
