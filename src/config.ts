import { accessSync, constants, mkdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseEnv } from 'node:util'
import { loadClientConnectConfig } from '@temporalio/envconfig'
import { z } from 'zod'
import { isMissing } from './adapters/files/error-code.ts'
import { readTextSync } from './adapters/files/read-text.ts'
import { messageOf } from './domain/message-of.ts'

/** Environment variables, like `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>

/** Options shared by `Connection.connect` and `NativeConnection.connect`. */
export type TemporalConnection = ReturnType<typeof loadClientConnectConfig>['connectionOptions']

export interface Config {
  /** The folder of package.json. */
  readonly projectRoot: string
  /** Absolute; everything Arcloom writes is in it. */
  readonly dataDir: string
  /** The stack's own state: `<dataDir>/.state`. */
  readonly stateDir: string
  /** Where binaries shared by all data folders are kept. */
  readonly cacheDir: string
  readonly ports: {
    readonly temporal: number
    readonly temporalUi: number
    readonly web: number
    readonly baseline: number
  }
  readonly temporal: {
    /** Set if the user names a server: with TEMPORAL_ADDRESS or in a profile of Temporal's own configuration file. */
    readonly address: string | undefined
    readonly namespace: string
    /** Address, TLS, API key and headers for that server; empty if none is named, since a local one needs none of them. */
    readonly connection: () => TemporalConnection
    readonly cliPath: string | undefined
  }
  /** The only Python that may run programs; if not set, the sandbox finds one with numpy. */
  readonly python: string | undefined
  /** CPU time that the baseline may spend on a request; its own default if not set. */
  readonly baselineSeconds: number | undefined
  /** How long a model may answer nothing while requests are sent, before a run stops. */
  readonly maxOutageHours: number
  /** What all discussions of the data folder together may cost. */
  readonly discussionBudgetUsd: number
  /** Where workers serve Prometheus metrics, on loopback; not served if not set. */
  readonly metricsPort: number | undefined
  /** Where each variable was set, by name, including variables that Arcloom does not read. */
  readonly origins: ReadonlyMap<string, 'environment' | '.env'>
  /** The value of an API key's variable. Never log or store it. */
  readonly apiKey: (variable: string) => string | undefined
  /**
   * The environment that Arcloom's processes inherit, with absolute paths, so that they hold wherever a process is started. A
   * function, like everything here that may hold keys, so that no log prints it by accident.
   */
  readonly environment: () => Environment
}

/** A setting that cannot be used. The message is for people: the value, where it was set, and what is allowed. */
export class ConfigInvalid extends Error {
  override readonly name = 'ConfigInvalid'
}

const portRule = 'must be a port, a whole number from 1 to 65535'

const port = (standard: number) =>
  z.coerce
    .number({ error: portRule })
    .int({ error: portRule })
    .min(1, { error: portRule })
    .max(65_535, { error: portRule })
    .default(standard)

const secondsRule = 'must be a number of seconds from 0.01 to 3600'

const hoursRule = 'must be a number of hours from 0.0001 to 336 (two weeks)'

const budgetRule = 'must be an amount in USD from 0, such as 2.50'

const variables = z.object({
  ARCLOOM_DATA_DIR: z.string().optional(),
  ARCLOOM_TEMPORAL_PORT: port(7233),
  ARCLOOM_TEMPORAL_UI_PORT: port(8233),
  ARCLOOM_WEB_PORT: port(8321),
  ARCLOOM_BASELINE_PORT: port(8322),
  ARCLOOM_BASELINE_SECONDS: z.coerce
    .number({ error: secondsRule })
    .min(0.01, { error: secondsRule })
    .max(3600, { error: secondsRule })
    .optional(),
  ARCLOOM_MAX_OUTAGE_HOURS: z.coerce
    .number({ error: hoursRule })
    .min(0.0001, { error: hoursRule })
    .max(336, { error: hoursRule })
    .default(24),
  ARCLOOM_DISCUSSION_BUDGET_USD: z.coerce
    .number({ error: budgetRule })
    .min(0, { error: budgetRule })
    .max(1_000_000, { error: budgetRule })
    .default(1),
  ARCLOOM_METRICS_PORT: z.coerce
    .number({ error: portRule })
    .int({ error: portRule })
    .min(1, { error: portRule })
    .max(65_535, { error: portRule })
    .optional(),
  ARCLOOM_PYTHON: z.string().optional(),
  TEMPORAL_CLI_PATH: z.string().optional(),
  TEMPORAL_ADDRESS: z
    .string()
    .regex(/^[^\s/]+$/, { error: 'must be host:port, without a scheme' })
    .optional(),
})

export interface ConfigPlaces {
  readonly projectRoot?: string
  readonly cwd?: string
  /** A command's flags, by the names of their variables; they override the environment. */
  readonly typed?: Environment
}

/**
 * Reads and checks the environment, once, at the start of a process. Variables in `.env` at the project's root apply where the
 * environment does not set them; an empty variable counts as not set.
 *
 * @throws {ConfigInvalid} naming each variable that cannot be used.
 */
export function readConfig(
  environment: Environment = process.env,
  { projectRoot = fileURLToPath(new URL('..', import.meta.url)), cwd = process.cwd(), typed = {} }: ConfigPlaces = {},
): Config {
  const merged = { ...readDotEnv(join(projectRoot, '.env')), ...environment, ...typed }
  const values = withoutEmpty(merged)
  const settings = parseVariables(values)
  const temporal = readTemporal(values)
  const dataDir = settings.ARCLOOM_DATA_DIR ? resolve(cwd, settings.ARCLOOM_DATA_DIR) : resolve(projectRoot, 'data')
  return {
    projectRoot: resolve(projectRoot),
    dataDir,
    stateDir: join(dataDir, '.state'),
    cacheDir: join(values['XDG_CACHE_HOME'] ?? join(values['HOME'] ?? homedir(), '.cache'), 'arcloom'),
    ports: {
      temporal: settings.ARCLOOM_TEMPORAL_PORT,
      temporalUi: settings.ARCLOOM_TEMPORAL_UI_PORT,
      web: settings.ARCLOOM_WEB_PORT,
      baseline: settings.ARCLOOM_BASELINE_PORT,
    },
    temporal: { ...temporal, cliPath: settings.TEMPORAL_CLI_PATH && resolve(cwd, settings.TEMPORAL_CLI_PATH) },
    python: settings.ARCLOOM_PYTHON && resolveCommand(cwd, settings.ARCLOOM_PYTHON),
    baselineSeconds: settings.ARCLOOM_BASELINE_SECONDS,
    maxOutageHours: settings.ARCLOOM_MAX_OUTAGE_HOURS,
    discussionBudgetUsd: settings.ARCLOOM_DISCUSSION_BUDGET_USD,
    metricsPort: settings.ARCLOOM_METRICS_PORT,
    origins: new Map(
      Object.keys(values).map((name) => [name, environment[name] === undefined ? '.env' : 'environment'] as const),
    ),
    apiKey: (variable) => values[variable]?.trim(),
    environment: () => ({ ...merged, ...withAbsolutePaths(values, cwd), ARCLOOM_DATA_DIR: dataDir }),
  }
}

/**
 * Creates the data folder if it is missing. For processes that will write: the worker, the stack, a command that starts a run.
 *
 * @throws {ConfigInvalid} when it cannot be written to.
 */
export function prepareDataDir({ dataDir }: Pick<Config, 'dataDir'>): void {
  try {
    mkdirSync(dataDir, { recursive: true })
    accessSync(dataDir, constants.W_OK | constants.X_OK)
  } catch (error) {
    const reason = messageOf(error)
    throw new ConfigInvalid(
      `The data folder ${dataDir} cannot be written to (${reason}). Set ARCLOOM_DATA_DIR to another one.`,
      { cause: error },
    )
  }
}

function parseVariables(values: Record<string, string>): z.infer<typeof variables> {
  const parsed = variables.safeParse(values)
  if (parsed.success) return parsed.data
  const problems = parsed.error.issues.map((issue) => {
    const variable = String(issue.path[0])
    return `${variable} is ${JSON.stringify(values[variable])}: ${issue.message}.`
  })
  throw new ConfigInvalid(problems.join('\n'))
}

function readTemporal(values: Record<string, string>): Omit<Config['temporal'], 'cliPath'> {
  try {
    const { connectionOptions, namespace } = loadClientConnectConfig({ overrideEnvVars: values })
    const { address } = connectionOptions
    return { address, namespace: namespace ?? 'default', connection: () => (address ? connectionOptions : {}) }
  } catch (error) {
    const reason = messageOf(error)
    throw new ConfigInvalid(
      `Temporal's environment configuration cannot be used: ${reason} (TEMPORAL_CONFIG_FILE is ${values['TEMPORAL_CONFIG_FILE'] ?? 'not set'}, TEMPORAL_PROFILE ${values['TEMPORAL_PROFILE'] ?? 'not set'}).`,
      { cause: error },
    )
  }
}

const pathVariables = [
  'TEMPORAL_CLI_PATH',
  'TEMPORAL_CONFIG_FILE',
  'TEMPORAL_TLS_CLIENT_CERT_PATH',
  'TEMPORAL_TLS_CLIENT_KEY_PATH',
  'TEMPORAL_TLS_SERVER_CA_CERT_PATH',
]

function withAbsolutePaths(values: Record<string, string>, cwd: string): Environment {
  const python = values['ARCLOOM_PYTHON']
  const paths = pathVariables.flatMap((name) => (values[name] ? [[name, resolve(cwd, values[name])] as const] : []))
  return { ...Object.fromEntries(paths), ...(python && { ARCLOOM_PYTHON: resolveCommand(cwd, python) }) }
}

/** As in a shell: a name without a slash is looked up on PATH. */
function resolveCommand(cwd: string, command: string): string {
  return command.includes('/') ? resolve(cwd, command) : command
}

function readDotEnv(path: string): Record<string, string | undefined> {
  try {
    return parseEnv(readTextSync(path))
  } catch (error) {
    if (isMissing(error)) return {}
    throw new ConfigInvalid(`${path} cannot be read: ${String(error)}`, { cause: error })
  }
}

function withoutEmpty(environment: Environment): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).filter((entry): entry is [string, string] => Boolean(entry[1]?.trim())),
  )
}
