import type { Sandbox } from './sandbox.ts'

/** A sandbox that is open only while somebody uses it, and for a while afterwards. */
export interface SandboxOnDemand {
  /**
   * Opens the sandbox if it is closed, and keeps it open until the work is done.
   *
   * @throws {SandboxBusy} when too many are using it or waiting for it
   * @throws {SandboxUnavailable} when this machine cannot run programs; the next call tries again
   */
  use<Result>(work: (sandbox: Sandbox) => Promise<Result>): Promise<Result>
  /** Ends every process of the sandbox. It opens again when it is next used. */
  close(): Promise<void>
}

/** So many are using the sandbox, or waiting for it, that another one would wait too long. */
export class SandboxBusy extends Error {
  override readonly name = 'SandboxBusy'
}

export interface OnDemandOptions {
  readonly open: () => Promise<Sandbox>
  /** How long it stays open after its last use. */
  readonly idleMs: number
  readonly maxUsers: number
}

export function createSandboxOnDemand({ open, idleMs, maxUsers }: OnDemandOptions): SandboxOnDemand {
  let opened: Promise<Sandbox> | undefined
  let users = 0
  let idle: NodeJS.Timeout | undefined

  function getSandbox(): Promise<Sandbox> {
    if (opened) return opened
    const opening = open()
    opened = opening
    opening.catch(() => {
      if (opened === opening) opened = undefined
    })
    return opening
  }

  async function close(): Promise<void> {
    clearTimeout(idle)
    const closing = opened
    // Before it is closed, so that whoever comes meanwhile opens another one.
    opened = undefined
    const [result] = await Promise.allSettled([closing])
    if (result.status === 'fulfilled') await result.value?.close()
  }

  return {
    async use(work) {
      if (users >= maxUsers) throw new SandboxBusy(`${users} programs are running or waiting`)
      users += 1
      clearTimeout(idle)
      try {
        return await work(await getSandbox())
      } finally {
        users -= 1
        if (users === 0) idle = setTimeout(() => void close(), idleMs).unref()
      }
    },
    close,
  }
}
