import { isIPv6 } from 'node:net'
import type { networkInterfaces } from 'node:os'

interface Place {
  readonly host: string
  readonly port: number
  readonly token?: string | undefined
}

const everywhere = new Set(['0.0.0.0', '::'])

/** The page's addresses for its visitors: one, or one per network for `0.0.0.0` and `::`. */
export function listPageUrls(
  { host, port, token }: Place,
  interfaces: ReturnType<typeof networkInterfaces>,
): readonly string[] {
  const hosts = everywhere.has(host) ? ['127.0.0.1', ...listOutside(interfaces)] : [host]
  const query = token === undefined ? '' : `/?token=${token}`
  return hosts.map((name) => `http://${isIPv6(name) ? `[${name}]` : name}:${port}${query}`)
}

/** Of one family: people need one address that works, and most networks also have the other. */
function listOutside(interfaces: ReturnType<typeof networkInterfaces>): string[] {
  return Object.values(interfaces)
    .flatMap((entries) => entries ?? [])
    .filter(({ internal, family }) => !internal && family === 'IPv4')
    .map(({ address }) => address)
}
