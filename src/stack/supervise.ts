import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { tryLock, type Lock } from '../adapters/files/file-lock.ts'
import { isAlive, readOwnIdentity } from '../adapters/process-identity.ts'
import type { Config } from '../config.ts'
import { createNeed } from './is-needed.ts'
import { urlOfBaseline } from './parts/baseline-part.ts'
import { endParts } from './parts/end-parts.ts'
import { keepPart, type PartKeeper } from './parts/keep-part.ts'
import { urlOfPage } from './parts/page-part.ts'
import type { PartSpec } from './parts/part.ts'
import { addressOfServer } from './parts/server-part.ts'
import { createUiGuard } from './parts/ui-guard.ts'
import { choosePorts, withPorts } from './ports/choose-ports.ts'
import { createPatientWriter } from './state/create-patient-writer.ts'
import { readDownRequest, type DownRequest } from './state/down-request.ts'
import { listLivingLeases } from './state/leases.ts'
import { listStackFiles, readIdentity, readPartFacts, removeStackFiles, type StackFiles } from './state/stack-files.ts'
import type { StackAddresses, StackStatus } from './state/stack-status.ts'

const pollMs = 200

export interface SuperviseOptions {
  readonly log: (line: string) => void
  /** The request of a signal, if any. */
  readonly signalled: () => DownRequest | undefined
}

/**
 * Keeps the parts of a data folder alive while anything needs them; then ends them, removes the stack's files, and returns.
 * Adopts living parts of an earlier supervisor: restarting them would cut off calls that are paid for.
 *
 * Returns at once if another supervisor is running.
 *
 * @param createParts called with the settings and the ports in use
 */
export async function supervise(
  settings: Config,
  createParts: (config: Config) => readonly PartSpec[],
  { log, signalled }: SuperviseOptions,
): Promise<void> {
  const files = listStackFiles(settings)
  const lock = await takeLock(files)
  if (!lock) return log('another supervisor is running')

  const { ports, notes: portNotes } = await choosePorts(settings, files)
  portNotes.forEach(log)
  let notes = portNotes
  const config = withPorts(settings, ports)
  const constant = {
    identity: readOwnIdentity(),
    startedAt: new Date().toISOString(),
    version: readVersion(config),
  }
  let ending = false
  const { write, retry: writeUnwritten } = createPatientWriter(log)
  const onChange = () =>
    write(files.status, { ...constant, notes, ending, ...describe(config, keepers) } satisfies StackStatus)
  const announce = (value: boolean) => {
    ending = value
    onChange()
  }
  const note = (line: string) => {
    log(line)
    notes = [...notes, line]
  }
  const findDownRequest = () => signalled() ?? readDownRequest(files)
  const keepers = createParts(config).map((spec) =>
    keepPart(spec, { files, cwd: config.projectRoot, ports, log, write, onChange, note }),
  )
  const uiGuard = createUiGuard({
    port: ports.temporalUi,
    findTarget: () => readPartFacts(files.part('server')).ui,
    log,
  })

  announce(false)
  const adopted = keepers.filter((keeper) => keeper.adopt())
  if (!findDownRequest()) {
    // One after the other only until each is launched: they wait for each other by themselves.
    for (const keeper of keepers) if (!adopted.includes(keeper)) await keeper.start()
    if (runsServer(config, keepers)) uiGuard.open()
    await waitWhileNeeded()
  }
  announce(true)
  await endParts(keepers, () => signalled()?.now === true || readDownRequest(files)?.now === true)
  uiGuard.close()
  listLivingLeases(files)
  removeStackFiles(files)
  lock.release()

  async function waitWhileNeeded(): Promise<void> {
    const isNeeded = createNeed(config)
    let knownNames = new Set<string>()
    while (!findDownRequest()) {
      writeUnwritten()
      const leases = listLivingLeases(files)
      if (leases.some((lease) => !knownNames.has(lease))) keepers.forEach((keeper) => keeper.retry())
      knownNames = new Set(leases)
      if (!(await isNeeded())) {
        // A command writes its lease before it checks whether the stack is ending; here `ending` is announced before leases are
        // read a last time. So at least one of the two sees the other, and no command relies on a stack that is about to end.
        announce(true)
        if (!(await isNeeded())) return
        announce(false)
      }
      await sleep(pollMs)
    }
  }
}

const lockPollMs = 50

/** The kernel holds a killed supervisor's lock until its last thread is gone. */
async function takeLock(files: StackFiles): Promise<Lock | undefined> {
  for (;;) {
    const lock = tryLock(files.lock)
    if (lock) return lock
    const holder = readIdentity(files.status)
    if (!holder || isAlive(holder)) return undefined
    await sleep(lockPollMs)
  }
}

/** Whether the server is one that this stack started or will start. */
function runsServer({ temporal }: Config, keepers: readonly PartKeeper[]): boolean {
  const server = keepers.find(({ name }) => name === 'server')
  return temporal.address === undefined && server?.status().state !== 'external'
}

function describe(config: Config, keepers: readonly PartKeeper[]): Pick<StackStatus, 'addresses' | 'parts'> {
  const parts = Object.fromEntries(keepers.map((keeper) => [keeper.name, keeper.status()]))
  const addresses: StackAddresses = {
    temporal: addressOfServer(config),
    namespace: config.temporal.namespace,
    ...(runsServer(config, keepers) && { temporalUi: `http://127.0.0.1:${config.ports.temporalUi}` }),
    baseline: urlOfBaseline(config),
    page: urlOfPage(config),
  }
  return { addresses, parts }
}

function readVersion({ projectRoot }: Config): string {
  const description: unknown = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8'))
  return typeof description === 'object' && description !== null && 'version' in description
    ? String(description.version)
    : 'unknown'
}
