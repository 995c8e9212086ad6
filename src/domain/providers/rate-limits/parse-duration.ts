const unitMs = { h: 3_600_000, m: 60_000, s: 1_000, ms: 1, us: 0.001, µs: 0.001, ns: 1e-6 } as const

const part = /(\d+(?:\.\d+)?)(ms|us|µs|ns|h|m|s)/g

/**
 * A duration as Go writes it, `6m0s`, `20ms` or `7.66s`, in milliseconds; a bare number is in seconds.
 *
 * @returns undefined if it is neither
 */
export function parseDurationMs(text: string): number | undefined {
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1_000
  const parts = [...text.matchAll(part)]
  if (parts.length === 0 || parts.map(([whole]) => whole).join('') !== text) return undefined
  return parts.reduce((sum, [, number, unit]) => sum + Number(number) * unitMs[unit as keyof typeof unitMs], 0)
}
