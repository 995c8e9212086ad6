import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { count } from '../../../domain/count.ts'
import { asRecord, asText } from '../../../domain/providers/json.ts'
import { hasCode, isMissing } from '../../files/error-code.ts'
import { writeFileAtomically } from '../../files/write-file-atomically.ts'

/** A download failed. The message is for people. */
export class DownloadFailed extends Error {
  override readonly name = 'DownloadFailed'
}

export interface Download {
  readonly address: string
  /** The target path. A partial download is kept beside it until it is complete, and the next try resumes from there. */
  readonly path: string
  readonly maxBytes: number
  readonly onProgress: (bytes: number) => void
  /** Wait before a broken connection is retried. */
  readonly pauseMs: number
}

/** If this long passes without a byte, there is no server, no network, or the connection is dead. */
const silenceMs = 10_000
/** How many connections in a row may bring nothing. */
const maxTries = 4

/**
 * Downloads a file, and resumes where it broke off, within this call and from an earlier one. The part on disk is used only if
 * the server confirms that the content is unchanged (`If-Range` with its strong ETag or date; RFC 9110, 13.1.5); otherwise it
 * sends everything, and the download starts over.
 *
 * @throws {DownloadFailed}
 */
export async function download(request: Download): Promise<void> {
  await mkdir(dirname(request.path), { recursive: true })
  const part = `${request.path}.part`
  let inVain = 0
  for (;;) {
    const before = await sizeOf(part)
    const reason = await tryOnce(request, part)
    if (reason === undefined) break
    const after = await sizeOf(part)
    inVain = after > before ? 0 : inVain + 1
    // A server that was never reached will not be reachable in a moment either.
    if (after === 0) throw new DownloadFailed(`${request.address} cannot be reached: ${reason}`)
    if (inVain >= maxTries) {
      throw new DownloadFailed(
        `${request.address} broke off after ${count(after, 'byte')}: ${reason}. Another try resumes there.`,
      )
    }
    await sleep(request.pauseMs)
  }
  await rename(part, request.path)
  await rm(noteOf(part), { force: true })
}

/** @returns why it is incomplete, if another try may help */
async function tryOnce(request: Download, part: string): Promise<string | undefined> {
  const { address } = request
  const have = await readPart(part, address)
  const abort = new AbortController()
  const timer = setTimeout(() => abort.abort(new Error(`nothing came for ${silenceMs / 1000} s`)), silenceMs)
  try {
    const response = await fetch(address, { headers: requestHeaders(have), signal: abort.signal })
    const goesOn = have !== undefined && response.status === 206
    if (have !== undefined && (response.status === 416 || (goesOn && startOf(response) !== have.bytes))) {
      await response.body?.cancel()
      await rm(part, { force: true })
      return await tryOnce(request, part)
    }
    if (!response.ok || response.body === null) {
      throw new DownloadFailed(`${address} answers ${response.status} ${response.statusText}`.trimEnd())
    }
    if (!goesOn) await beginPart(part, address, response.headers)
    await receive(response.body, request, part, goesOn ? have.bytes : 0, () => timer.refresh())
    return undefined
  } catch (error) {
    if (error instanceof DownloadFailed || hasCode(error, 'ENOSPC', 'EDQUOT', 'EACCES', 'EROFS')) throw error
    return describeCause(error)
  } finally {
    clearTimeout(timer)
  }
}

async function receive(
  body: AsyncIterable<Uint8Array>,
  { address, maxBytes, onProgress }: Download,
  part: string,
  start: number,
  onBytes: () => void,
): Promise<void> {
  const file = await open(part, 'a')
  let bytes = start
  try {
    for await (const chunk of body) {
      onBytes()
      bytes += chunk.length
      if (bytes > maxBytes) throw new DownloadFailed(`${address} is larger than ${maxBytes} bytes`)
      await file.appendFile(chunk)
      onProgress(bytes)
    }
    await file.sync()
  } finally {
    await file.close()
  }
}

/** A partial download, and the validator of its content. */
interface Part {
  readonly bytes: number
  readonly validator: string
}

async function readPart(part: string, address: string): Promise<Part | undefined> {
  const bytes = await sizeOf(part)
  if (bytes === 0) return undefined
  try {
    const note: unknown = JSON.parse(await readFile(noteOf(part), 'utf8'))
    const { address: source, validator } = asRecord(note)
    return source === address && typeof validator === 'string' ? { bytes, validator } : undefined
  } catch {
    return undefined
  }
}

async function beginPart(part: string, address: string, headers: Headers): Promise<void> {
  const etag = headers.get('etag')
  // A weak ETag may stand for different bytes with the same meaning.
  const validator = etag?.startsWith('"') ? etag : headers.get('last-modified')
  await rm(part, { force: true })
  await writeFileAtomically(noteOf(part), JSON.stringify({ address, validator }))
}

function noteOf(part: string): string {
  return `${part}.json`
}

function requestHeaders(have: Part | undefined): Record<string, string> {
  const headers = { 'accept-encoding': 'identity', 'user-agent': 'arcloom' }
  return have === undefined ? headers : { ...headers, range: `bytes=${have.bytes}-`, 'if-range': have.validator }
}

function startOf(response: Response): number | undefined {
  const [, start] = /^bytes (\d+)-/.exec(response.headers.get('content-range') ?? '') ?? []
  return start === undefined ? undefined : Number(start)
}

async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size
  } catch (error) {
    if (isMissing(error)) return 0
    throw error
  }
}

/** `fetch` says only "fetch failed"; the cause says why. */
function describeCause(error: unknown): string {
  const { code, message } = asRecord(asRecord(error)['cause'] ?? error)
  const words = asText(message) || String(error)
  return typeof code === 'string' && !words.includes(code) ? `${words} (${code})` : words
}
