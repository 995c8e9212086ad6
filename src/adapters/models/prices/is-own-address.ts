import { BlockList, isIP } from 'node:net'

/** RFC 1122, 1918, 3927, 4193, 4291; and RFC 6598, which private networks such as Tailscale's use. */
const privateNetworks = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['::1', 128],
  ['fc00::', 7],
  ['fe80::', 10],
] as const

const ownAddresses = new BlockList()
for (const [network, prefix] of privateNetworks) {
  ownAddresses.addSubnet(network, prefix, network.includes(':') ? 'ipv6' : 'ipv4')
}

/** Names that no public server has (RFC 6761, 6762, 8375; ICANN's `internal`), and those that only a private network resolves. */
const privateNames = /^[^.]+$|\.(?:localhost|local|internal|intranet|lan|home|home\.arpa|corp|private|test)$/

/** Whether a URL is that of this machine or of a private network, where nobody charges for tokens. Asks no name server. */
export function isOwnAddress(baseUrl: string): boolean {
  if (!URL.canParse(baseUrl)) return false
  const host = new URL(baseUrl).hostname.replace(/^\[(.*)\]$/, '$1').replace(/\.$/, '')
  const version = isIP(host)
  if (version === 0) return privateNames.test(host)
  return ownAddresses.check(host, version === 6 ? 'ipv6' : 'ipv4')
}
