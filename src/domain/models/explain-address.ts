import type { FailedRequest } from './model-failure.ts'

const where = '--base-url, or baseUrl in arcloom.models.json'

/** TLS reports its faults by codes of several families; all of them are the same for every request to an address. */
const tlsFault =
  /^(?:ERR_TLS_|ERR_SSL_|EPROTO$|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_(?:GET|VERIFY)|INVALID_CA|HOSTNAME_MISMATCH)/
const noTlsThere = /^(?:ERR_SSL_(?:WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG)|EPROTO)$/

/**
 * Whether a request failed for a reason common to all requests to its address: what listens there is not such an API, or
 * cannot be spoken to. An outage may look like that for a while; only code that knows of earlier answers can tell.
 */
export function isAddressFault({ code = '', reply }: FailedRequest): boolean {
  return (
    reply === 'page' ||
    reply === 'undecodable' ||
    code === 'ENOTFOUND' ||
    code === 'ERR_INVALID_URL' ||
    tlsFault.test(code) ||
    isHttpFault(code)
  )
}

/** Whether the reply was not HTTP, or exceeded its limits: by the codes of Node's parser. */
export function isHttpFault(code = ''): boolean {
  return code.startsWith('HPE_')
}

/** The address that was used and what to write instead, for failures that the address may be to blame for; otherwise empty. */
export function explainAddress(request: FailedRequest): string {
  const { address, status, code = '', method = 'POST' } = request
  const isSuspect =
    isAddressFault(request) || (status !== undefined && (blamedStatuses.has(status) || isRedirect(status)))
  if (address === undefined || (!isSuspect && !namesTls(request))) return ''
  const advice = advise(request, address)
  // A missing model is reported by the provider's own code, so the address was right.
  const isMissingModel = code === 'model_not_found'
  return ` The request was ${method} ${address}.${isMissingModel || advice === '' ? '' : ` ${advice}`}`
}

const blamedStatuses = new Set([404, 405, 410, 426])

function isRedirect(status: number): boolean {
  return status >= 300 && status < 400
}

function advise(request: FailedRequest, address: string): string {
  const { status, code = '', reply, headers, path = '' } = request
  if (status !== undefined && isRedirect(status)) return adviseRedirect(headers['location'], address, path)
  if (namesTls(request))
    return `It expects https: write ${baseOf(address, path).replace(/^http:/, 'https:')} (${where}).`
  if (code === 'ENOTFOUND' || code === 'ERR_INVALID_URL') return `Check the address for typos (${where}).`
  if (noTlsThere.test(code))
    return `It does not speak TLS: write ${baseOf(address, path).replace(/^https:/, 'http:')} (${where}).`
  if (code === 'HPE_HEADER_OVERFLOW') return 'The headers of its reply are longer than 64 KB.'
  if (isHttpFault(code)) return `It does not speak HTTP; if it speaks TLS, write https:// (${where}).`
  if (tlsFault.test(code))
    return 'Its certificate is not trusted here: set NODE_EXTRA_CA_CERTS to a file with the authority that signed it.'
  if (reply === 'undecodable') return 'Fix or bypass whatever compresses the reply, often a proxy.'
  const version = adviseVersion(baseOf(address, path))
  if (reply !== 'page') return version
  return `A login page or a proxy may be in front of the API: open the address in a browser to see.${version && ` ${version}`}`
}

/** Servers answer like this in plain text when the wrong protocol comes in (nginx, Go's net/http). */
function namesTls({ status, message }: FailedRequest): boolean {
  return status === 400 && plainHttpWords.test(message)
}

export const plainHttpWords = /plain HTTP request was sent to HTTPS port|sent an HTTP request to an HTTPS server/i

function adviseRedirect(location: string | undefined, address: string, path: string): string {
  if (location === undefined || !URL.canParse(location, address)) return `Redirects are not followed (${where}).`
  const target = baseOf(new URL(location, address).href, path)
  return `It redirects, and redirects are not followed: write ${target} (${where}).`
}

function adviseVersion(base: string): string {
  if (/\/v\d|\/openai(?:\/|$)/.test(new URL(base).pathname)) return `Is the base URL ${base} right (${where})?`
  return `The base URL is ${base}; most servers expect it to end in /v1: write ${base}/v1 (${where}).`
}

function baseOf(address: string, path: string): string {
  const { origin, pathname } = new URL(address)
  return origin + trimBasePath(pathname, path)
}

/**
 * A base URL's path, to which a provider's own path is appended. People copy a request's whole address (with
 * `/chat/completions`), the end of it (`/completions`), or a slash too many.
 *
 * @param path the provider's own
 */
export function trimBasePath(basePath: string, path: string): string {
  const parts = listParts(basePath)
  const ends = listParts(path)
  while (ends.length > 0 && !ends.every((end, index) => parts.at(index - ends.length) === end)) ends.shift()
  return parts
    .slice(0, parts.length - ends.length)
    .map((part) => `/${part}`)
    .join('')
}

function listParts(path: string): string[] {
  return path.split('/').filter((part) => part !== '')
}
