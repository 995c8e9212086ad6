import { join } from 'node:path'
import type { Connection } from '@temporalio/client'
import { msToTs, tsToMs } from '@temporalio/common/lib/time.js'
import type { Config } from '../../config.ts'
import { searchAttributeNames } from '../../domain/runs/search-attributes.ts'
import { isListening } from '../ports/is-listening.ts'
import { staysTaken } from '../ports/stays-taken.ts'
import { explainTaken, StackFailed } from '../stack-failed.ts'
import { answersAt, withTemporal } from '../with-temporal.ts'
import { chooseUiTarget } from './choose-ui-target.ts'
import { blamesDatabase, findDatabaseFault } from './find-database-fault.ts'
import type { Launch, PartSpec } from './part.ts'
import { resolveTemporalCli, type TemporalCli } from './resolve-temporal-cli.ts'
import { setAside } from './set-aside.ts'
import type { UiTarget } from './ui-guard.ts'

/** Address of the server, whoever runs it. */
export function addressOfServer({ temporal, ports }: Config): string {
  return temporal.address ?? `127.0.0.1:${ports.temporal}`
}

/**
 * Temporal's dev server with its UI, unless there is a server already: the one the user names, or one on localhost. The stack
 * changes nothing on such a server; and if it goes away, starts none in its place, because it may come back.
 */
export function createServerPart(config: Config): PartSpec {
  const { namespace, address } = config.temporal
  const { temporal: port } = config.ports
  const connection = { ...config.temporal.connection(), address: addressOfServer(config) }
  let external = address !== undefined
  let cli: TemporalCli | undefined
  return {
    name: 'server',
    graceMs: 10_000,
    async plan(lastWords) {
      const isThere = external || (await isListening(port))
      if (isThere && (await answersAt(connection, namespace))) {
        external = true
        return 'external'
      }
      if (external) throw explainSilence(connection.address, namespace)
      if (isThere && (await staysTaken(port))) throw explainTaken(port, 'the Temporal server', 'ARCLOOM_TEMPORAL_PORT')
      cli ??= await resolveTemporalCli(config)
      return planDevServer(config, cli, await chooseUiTarget(), setAsideDamaged(pathOfDatabase(config, cli), lastWords))
    },
    async isReady() {
      // Cheaper than a failed gRPC connection, and without its back-off.
      if (!(await isListening(port)) || !(await answersAt(connection, namespace))) return false
      await withTemporal(connection, (server) => keepHistories(server, namespace))
      return true
    },
  }
}

function explainSilence(address: string, namespace: string): StackFailed {
  return new StackFailed(
    `The Temporal server at ${address}, which Arcloom did not start, does not answer or lacks the namespace "${namespace}".`,
    'start it, or unset TEMPORAL_ADDRESS and run npx arcloom down to let Arcloom start its own server',
  )
}

/** Thirty days: people look at a run in the UI long after it ended. The dev server's default is one day. */
const retentionMs = 720 * 3_600_000

async function keepHistories({ workflowService }: Connection, namespace: string): Promise<void> {
  const { config } = await workflowService.describeNamespace({ namespace })
  if (tsToMs(config?.workflowExecutionRetentionTtl) === retentionMs) return
  const workflowExecutionRetentionTtl = msToTs(retentionMs)
  await workflowService.updateNamespace({ namespace, config: { workflowExecutionRetentionTtl } })
}

/** The dev server's database does not migrate between versions of the server. */
function pathOfDatabase({ stateDir }: Pick<Config, 'stateDir'>, { serverVersion }: TemporalCli): string {
  return join(stateDir, `temporal-${serverVersion}.db`)
}

/** @returns what was done, in words; undefined if the database is fine */
function setAsideDamaged(path: string, lastWords = ''): string | undefined {
  const fault = findDatabaseFault(path) ?? (blamesDatabase(lastWords) ? lastWords : undefined)
  if (fault === undefined) return undefined
  const movedTo = setAside(path)
  return `The Temporal server's database was damaged (${fault}). It was moved to ${movedTo}; a new one was created, and open runs are restarted from their records.`
}

function planDevServer(config: Config, cli: TemporalCli, ui: UiTarget, replaced: string | undefined): Launch {
  const { ports, temporal } = config
  return {
    command: cli.path,
    args: [
      'server',
      'start-dev',
      '--ip=127.0.0.1',
      `--port=${ports.temporal}`,
      // People open the port of the guard in front of it.
      `--ui-ip=${ui.host}`,
      `--ui-port=${ui.port}`,
      '--ui-disable-news-fetch',
      `--db-filename=${pathOfDatabase(config, cli)}`,
      // A commit is then one write without fsync: `kill -9` loses nothing, a power failure the last moments, which are in the runs'
      // records.
      '--sqlite-pragma=journal_mode=WAL',
      '--sqlite-pragma=synchronous=NORMAL',
      '--log-level=error',
      '--disable-config-env',
      '--disable-config-file',
      // Its HTTP API, on a random port, accepts workflows from any web page that finds it; nothing here uses it.
      '--dynamic-config-value=frontend.httpAllowedHosts=[]',
      // Do not check for updates on the network.
      '--dynamic-config-value=frontend.enableServerVersionCheck=false',
      ...(temporal.namespace === 'default' ? [] : [`--namespace=${temporal.namespace}`]),
      ...Object.values(searchAttributeNames).map((name) => `--search-attribute=${name}=Keyword`),
    ],
    env: config.environment(),
    facts: { ui, ...(replaced !== undefined && { isEmpty: true }) },
    ...(replaced !== undefined && { note: replaced }),
  }
}
