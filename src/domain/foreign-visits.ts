/*
 * A server on the loopback interface has no password, so it refuses two things. A DNS name under somebody else's control that
 * points at 127.0.0.1 would make a foreign page same-origin with it (DNS rebinding): the Host header reveals that. And a foreign
 * page may send a request whose answer it cannot read, which is enough to write: Sec-Fetch-Site and Origin reveal that.
 */

const loopbackHosts = new Set(['127.0.0.1', 'localhost', '[::1]'])

/** The headers that reveal who sent a request, by these names. */
export interface Visit {
  readonly method: string
  readonly host: string
  readonly origin: string | undefined
  readonly site: string | undefined
}

/** Why a request that names this host is not for a server on the loopback interface; undefined if it is. */
export function explainForeignHost(host: string): string | undefined {
  if (loopbackHosts.has(host.toLowerCase().replace(/:\d+$/, ''))) return undefined
  return `This server answers to 127.0.0.1 and localhost, not to "${host}".`
}

/** Why a request may not write: a page of another origin sent it. Undefined if it may, or only reads. */
export function explainForeignPage({ method, host, origin, site }: Visit): string | undefined {
  if (method === 'GET' || method === 'HEAD') return undefined
  const ours = [`http://${host}`, `https://${host}`].map((address) => address.toLowerCase())
  const isOurs =
    (site === undefined || site === 'same-origin' || site === 'none') &&
    // A proxy in front of this server may speak https.
    (origin === undefined || ours.includes(origin.toLowerCase()))
  return isOurs ? undefined : `A page of ${origin ?? 'another site'} may not write here.`
}
