/** An address for the ledger, which is shown and shared: without user name, password and query. */
export function withoutSecrets(address: string): string {
  const { origin, pathname } = new URL(address)
  return `${origin}${pathname}`
}
