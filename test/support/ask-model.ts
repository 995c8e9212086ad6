import { createModelClient } from '../../src/adapters/models/model-client.ts'

/**
 * Asks the model at an address a few times, one request after another, in a process of its own so that its memory can be
 * measured. Prints how each request failed and by how much the process grew: `node ask-model.ts URL MAX_REPLY_MEGABYTES TIMES`.
 */
const [baseUrl = '', megabytes = '', times = ''] = process.argv.slice(2)
const client = createModelClient({ apiKey: () => undefined })
const model = { provider: 'local', id: 'm', baseUrl, limits: { maxReplyMegabytes: Number(megabytes) } } as const
const request = { model, messages: [{ role: 'user', content: 'a' }] as const, sampling: {} }
const before = process.resourceUsage().maxRSS
const failures: string[] = []
for (let nth = 0; nth < Number(times); nth += 1) {
  const reply = client.complete(request, new AbortController().signal)
  failures.push(await reply.then(() => 'answered', String))
}
const grownMegabytes = (process.resourceUsage().maxRSS - before) / 1024
process.stdout.write(JSON.stringify({ failures, grownMegabytes }))
