import { inspectRun } from '../../adapters/stores/inspect-run.ts'
import { DamagedRun, type RunStore } from '../../adapters/stores/run-store.ts'
import type { Config } from '../../config.ts'
import { count } from '../../domain/count.ts'
import { openRunStore } from '../../runs/open-run-store.ts'
import { noted, passed, type Check } from './check.ts'

export interface RunsProbe {
  readonly total: number
  /** Number of runs there was time to read. */
  readonly inspected: number
  /** Ids of runs with a damaged file, each with one of its faults. */
  readonly damaged: readonly { readonly runId: string; readonly fault: string }[]
}

/** Reading a store of hundreds of runs takes minutes, and people are waiting for `doctor`. */
const defaultMaxMs = 10_000

/** Reads every file of the runs, newest first, until the time is up. */
export async function probeRuns(config: Pick<Config, 'dataDir'>, maxMs = defaultMaxMs): Promise<RunsProbe> {
  const store = openRunStore(config, `doctor-${process.pid}`)
  const runIds = await store.listRuns()
  const deadline = Date.now() + maxMs
  const damaged: RunsProbe['damaged'][number][] = []
  let inspected = 0
  for (const runId of runIds) {
    if (inspected > 0 && Date.now() > deadline) break
    const fault = await findFault(store, runId)
    if (fault !== undefined) damaged.push({ runId, fault })
    inspected += 1
  }
  return { total: runIds.length, inspected, damaged }
}

async function findFault(store: RunStore, runId: string): Promise<string | undefined> {
  try {
    const [damage] = await inspectRun(await store.openRun(runId))
    return damage && `${damage.file}: ${damage.problem}`
  } catch (error) {
    if (error instanceof DamagedRun) return error.message
    throw error
  }
}

export function judgeRuns({ total, inspected, damaged }: RunsProbe): Check {
  const check = {
    name: 'runs',
    needed: 'intact files; a damaged run does not affect the others',
  }
  const [first] = damaged
  const extent = inspected === total ? count(total, 'run') : `the latest ${inspected} of ${count(total, 'run')}`
  if (first === undefined) return passed({ ...check, found: total === 0 ? 'none yet' : `${extent} read, all intact` })
  const names = damaged.map(({ runId }) => runId).join(', ')
  return noted({
    ...check,
    found: `${extent} read; damaged: ${names} (${first.fault})`,
    mend: `npx arcloom resume ${first.runId}   # repairs as much as possible and reports it`,
  })
}
