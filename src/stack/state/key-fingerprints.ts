import { createHash, randomBytes } from 'node:crypto'
import type { Environment } from '../../config.ts'

/** For each key in a process's environment, a value to compare keys by, which reveals nothing else. */
export type KeyFingerprints = Readonly<Record<string, string>>

const namesKey = /(KEY|TOKEN|SECRET|PASSWORD)$/i

export function fingerprintKeys(environment: Environment): KeyFingerprints {
  const keys = Object.entries(environment).filter(([name, value]) => namesKey.test(name) && value?.trim())
  return Object.fromEntries(
    keys.map(([name, value = '']) => [name, fingerprint(value.trim(), randomBytes(8).toString('hex'))]),
  )
}

/** Whether the process with these fingerprints has this key with this value. */
export function hasKey(fingerprints: KeyFingerprints, name: string, value: string): boolean {
  const [salt = ''] = fingerprints[name]?.split(':') ?? []
  return fingerprints[name] === fingerprint(value, salt)
}

/** So short that it would match billions of keys. */
function fingerprint(value: string, salt: string): string {
  return `${salt}:${createHash('sha256').update(`${salt}:${value}`).digest('hex').slice(0, 8)}`
}
