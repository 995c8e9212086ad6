import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { pageNodeFlags } from '../../../src/stack/parts/page-arguments.ts'

export interface PageServer {
  readonly url: string
  readonly pid: number
  close(): Promise<void>
}

/** The page's server as a process of its own, on a port of its own. */
export async function servePageAlone(project: string, dataDir: string): Promise<PageServer> {
  const script = join(project, 'src/api/main.ts')
  const child = spawn(
    process.execPath,
    [...pageNodeFlags, script, '--port', '0', '--project', project, '--data', dataDir],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  const exited = once(child, 'exit')
  const [line] = (await Promise.race([once(child.stdout, 'data'), exited])) as [unknown]
  const [url] = /http:\/\/\S+/.exec(String(line)) ?? []
  if (url === undefined) throw new Error('the page did not start')
  return {
    url,
    pid: child.pid ?? NaN,
    async close() {
      child.kill('SIGTERM')
      await exited
    },
  }
}
