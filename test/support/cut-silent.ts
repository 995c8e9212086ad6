import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

/**
 * A proxy on loopback, as many networks have one: it cuts every connection on which nothing has been sent for a while, in either
 * direction.
 *
 * @param url a base URL on loopback @returns the same through the proxy
 */
export async function cutSilent(url: string, maxSilenceMs: number) {
  const sockets = new Set<Socket>()
  const server = createServer((client) => {
    const target = connect(Number(new URL(url).port), '127.0.0.1')
    const cut = () => [client, target].forEach((socket) => socket.destroy())
    const silence = setTimeout(cut, maxSilenceMs)
    for (const [from, to] of [
      [client, target],
      [target, client],
    ] as const) {
      sockets.add(from)
      from.on('data', (bytes) => {
        silence.refresh()
        to.write(bytes)
      })
      from.on('end', () => to.end())
      from.on('error', cut)
      from.on('close', () => {
        clearTimeout(silence)
        sockets.delete(from)
        to.destroy()
      })
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo // a TCP server has no other kind of address
  const through = new URL(url)
  through.port = String(port)
  return {
    url: through.href,
    close() {
      sockets.forEach((socket) => socket.destroy())
      server.close()
    },
  }
}
