import { execFile, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'

export interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

const client = fileURLToPath(new URL('../../scripts/arcloom.ts', import.meta.url))

/** Starts `arcloom …` as a process of its own. `ended` never rejects because of an exit code. */
export function beginClient(
  words: readonly string[],
  environment: NodeJS.ProcessEnv,
  { cwd = process.cwd() }: { readonly cwd?: string } = {},
): ChildProcess & { readonly ended: Promise<Ended> } {
  let end: (ended: Ended) => void
  const ended = new Promise<Ended>((resolve) => (end = resolve))
  const args = ['--disable-warning=ExperimentalWarning', client, ...words]
  const options = { env: environment, cwd, maxBuffer: 64 * 1024 * 1024 }
  const child = execFile(process.execPath, args, options, (_, stdout, stderr) => {
    end({ code: child.exitCode, stdout, stderr })
  })
  return Object.assign(child, { ended })
}
