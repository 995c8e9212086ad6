const headerNames = ['retry-after', 'retry-after-ms', 'x-request-id', 'request-id', 'location'] as const

/** The few headers that explain a failure. All others are dropped: a header that echoes the request holds the key. */
export function keepHeaders(headers: Headers | undefined): Record<string, string> {
  return Object.fromEntries(
    headerNames.flatMap((name) => {
      const value = headers?.get(name)
      return value ? [[name, value]] : []
    }),
  )
}
