const kept = ['retry-after', 'retry-after-ms', 'x-request-id', 'request-id', 'location'] as const

/** The few headers that say something about a failure. All others stay behind: what echoes a request holds its key. */
export function keepHeaders(headers: Headers | undefined): Record<string, string> {
  return Object.fromEntries(
    kept.flatMap((name) => {
      const value = headers?.get(name)
      return value ? [[name, value]] : []
    }),
  )
}
