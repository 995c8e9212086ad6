/** The fields of OpenAI's chat-completions request that the server reads; it ignores all others, as other servers do. */
export interface ChatRequest {
  readonly model: string
  /** All text of all messages, in order; its tokens are counted. */
  readonly prompt: string
  /** The text before the first answer, which holds the task. Later text is about answers, and shows outputs of programs. */
  readonly question: string
  /** Earlier answers in this conversation. */
  readonly tried: readonly string[]
  readonly seed: number
  /** Undefined means no limit. */
  readonly maxTokens?: number
}

interface BadRequest {
  readonly message: string
  readonly param: string | null
}

type Parsed = { readonly request: ChatRequest } | { readonly fault: BadRequest }

/** Parses the fields of a request body (platform.openai.com/docs/api-reference/chat/create) that the baseline uses. */
export function parseChatRequest(body: unknown): Parsed {
  if (!isObject(body)) return refuse('the body is not a JSON object', null)
  const { model, messages, seed = 0, n = 1, stream = false } = body
  if (typeof model !== 'string') return refuse('"model" must be a string', 'model')
  if (!Array.isArray(messages) || messages.length === 0)
    return refuse('"messages" must be a list of messages', 'messages')
  if (!isWhole(seed)) return refuse('"seed" must be an integer', 'seed')
  if (stream === true) return refuse('streaming is not supported', 'stream')
  if (n !== 1) return refuse('"n" must be 1: ask again with another seed', 'n')
  const limit = body['max_completion_tokens'] ?? body['max_tokens'] ?? undefined
  if (limit !== undefined && !(isWhole(limit) && limit >= 1)) {
    return refuse('"max_tokens" must be a positive integer', 'max_tokens')
  }
  const texts = messages.map(readText)
  const wrongIndex = texts.indexOf(undefined)
  if (wrongIndex >= 0)
    return refuse(`messages[${wrongIndex}] must have a role and a text content`, `messages[${wrongIndex}]`)
  const isAnswer = messages.map((message) => isObject(message) && message['role'] === 'assistant')
  const beforeAnswer = texts.slice(0, isAnswer.includes(true) ? isAnswer.indexOf(true) : undefined)
  const [prompt, question] = [texts.join('\n\n'), beforeAnswer.join('\n\n')]
  const answers = texts.filter((text, index): text is string => text !== undefined && isAnswer[index] === true)
  return {
    request: { model, prompt, question, tried: answers, seed, ...(limit !== undefined && { maxTokens: limit }) },
  }
}

function refuse(message: string, param: string | null): Parsed {
  return { fault: { message, param } }
}

/** The text of a message, as a string or in parts. */
function readText(message: unknown): string | undefined {
  if (!isObject(message) || typeof message['role'] !== 'string') return undefined
  const { content } = message
  if (typeof content === 'string') return content
  if (!Array.isArray(content)) return undefined
  const parts = content.map((part: unknown) =>
    isObject(part) && typeof part['text'] === 'string' ? part['text'] : undefined,
  )
  return parts.includes(undefined) ? undefined : parts.join('\n')
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isWhole(value: unknown): value is number {
  return Number.isSafeInteger(value)
}
