/** `<yyyymmdd>-<hhmmss>-<4 hex>`, in UTC: it becomes part of the runs' names. */
export function createRunKey(now: Date): string {
  const [date = '', time = ''] = now.toISOString().replaceAll(/[-:]/g, '').split('T')
  const [random = 0] = crypto.getRandomValues(new Uint16Array(1))
  return `${date}-${time.slice(0, 6)}-${random.toString(16).padStart(4, '0')}`
}
