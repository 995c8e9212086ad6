import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, test } from '@jest/globals'
import { closeAfterEach } from './close-after-each.ts'
import { listLeftRunning } from './list-left-running.ts'

const closeAfter = closeAfterEach()
const mark = `LEFT_RUNNING_TEST=${process.pid}`

/** A group of its own: a shell with one child that sleeps. */
async function startGroup(env: NodeJS.ProcessEnv = {}): Promise<{ group: number; sleeper: number }> {
  const shell = spawn('sh', ['-c', 'sleep 1000 & echo $!; wait'], {
    detached: true,
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, ...env },
  })
  const { pid: group = 0 } = shell
  void closeAfter({ close: () => killGroup(group) })
  const [line] = (await once(shell.stdout, 'data')) as [Buffer]
  return { group, sleeper: Number(String(line)) }
}

/** The group may have ended already. */
function killGroup(group: number): void {
  try {
    process.kill(-group, 'SIGKILL')
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}

test('lists the other processes of the group, and none of another one', async () => {
  const { group, sleeper } = await startGroup()
  await startGroup()
  expect(listLeftRunning(group, mark)).toEqual([{ pid: sleeper, command: 'sleep 1000' }])
})

const testOnLinux = process.platform === 'linux' ? test : test.skip
testOnLinux('lists processes of other groups that have the mark in their environment', async () => {
  const { group, sleeper } = await startGroup({ LEFT_RUNNING_TEST: String(process.pid) })
  expect(listLeftRunning(process.pid, mark).map(({ pid }) => pid)).toEqual(expect.arrayContaining([group, sleeper]))
})

test('lists nothing once the group has ended', async () => {
  const { group, sleeper } = await startGroup()
  process.kill(sleeper, 'SIGKILL')
  while (listLeftRunning(group, mark).length > 0) await new Promise((resolve) => setTimeout(resolve, 20))
})
