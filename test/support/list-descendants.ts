import { readdirSync, readFileSync } from 'node:fs'
import { isAlive, readProcessIdentity, type ProcessIdentity } from '../../src/adapters/process-identity.ts'

export interface Descendant extends ProcessIdentity {
  readonly parentPid: number
  readonly sessionId: number
  readonly command: string
}

/** Every living process below this one, parents first. */
export function listDescendants(pid: number): Descendant[] {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap(readDescendant)
  const below = (parent: number): Descendant[] =>
    all.filter(({ parentPid }) => parentPid === parent).flatMap((child) => [child, ...below(child.pid)])
  return below(pid)
}

/** Waits until there is one, and fails only by the test's own timeout. */
export async function awaitDescendants(pid: number, wanted: (descendant: Descendant) => boolean, count = 1) {
  for (;;) {
    const found = listDescendants(pid).filter(wanted)
    if (found.length >= count) return found
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

export async function awaitDeath(processes: readonly ProcessIdentity[]): Promise<void> {
  while (processes.some(isAlive)) await new Promise((resolve) => setTimeout(resolve, 5))
}

function readDescendant(name: string): Descendant[] {
  const identity = readProcessIdentity(Number(name))
  try {
    const stat = readFileSync(`/proc/${name}/stat`, 'latin1')
    const [, parentPid, , sessionId] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const command = readFileSync(`/proc/${name}/cmdline`, 'latin1').replaceAll('\0', ' ')
    return identity ? [{ ...identity, parentPid: Number(parentPid), sessionId: Number(sessionId), command }] : []
  } catch {
    return []
  }
}
