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

/** Environment variables, as `process.env` has them. */
export type Environment = Readonly<Record<string, string | undefined>>

/** What `Connection.connect` and `NativeConnection.connect` both take. */
export type TemporalConnection = ReturnType<typeof loadClientConnectConfig>['connectionOptions']

export interface Config {
  /** The folder of package.json. */
  readonly projectRoot: string
  /** Absolute; everything Arcloom writes is in it. */
  readonly dataDir: string
  /** What the stack keeps about itself: `<dataDir>/.state`. */
  readonly stateDir: string
  /** Where binaries that are the same for every data folder are kept. */
  readonly cacheDir: string
  readonly ports: {
    readonly temporal: number
    readonly temporalUi: number
    readonly web: number
    readonly baseline: number
  }
  readonly temporal: {
    /** Set when the user names a server: by TEMPORAL_ADDRESS or in a profile of Temporal's own configuration file. */
    readonly address: string | undefined
    readonly namespace: string
    /** Address, TLS, API key and headers for that server; empty when none is named, since a local one needs none of them. */
    readonly connection: () => TemporalConnection
    readonly cliPath: string | undefined
  }
  /** The Python that runs programs, and no other; not set: the sandbox finds one that has numpy. */
  readonly python: string | undefined
  /** Computing time that the baseline may spend on a request; its own default when not set. */
  readonly baselineSeconds: number | undefined
  /** How long a model may answer nothing while it is asked, before a run stops. */
  readonly maxOutageHours: number
  /** Where each variable that is set comes from, by name, whoever it is meant for. */
  readonly origins: ReadonlyMap<string, 'environment' | '.env'>
  /** The value of an API key's variable. Never to be logged or stored. */
  readonly apiKey: (variable: string) => string | undefined
  /**
   * Everything a process of ours inherits, with paths that hold wherever it is started. A function, as all that may hold keys
   * here, so that no log prints it by accident.
   */
  readonly environment: () => Environment
}

/** A setting that cannot be used. The message is for people: what was given, where, and what is allowed. */
export class ConfigInvalid extends Error {
  override readonly name = 'ConfigInvalid'
}

const portRule = 'a port is a whole number from 1 to 65535'

const port = (standard: number) =>
  z.coerce
    .number({ error: portRule })
    .int({ error: portRule })
    .min(1, { error: portRule })
    .max(65_535, { error: portRule })
    .default(standard)

const secondsRule = 'a number of seconds from 0.01 to 3600 is needed'

const hoursRule = 'a number of hours from 0.0001 to 336 (two weeks) is needed'

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
  ARCLOOM_PYTHON: z.string().optional(),
  TEMPORAL_CLI_PATH: z.string().optional(),
  TEMPORAL_ADDRESS: z
    .string()
    .regex(/^[^\s/]+$/, { error: 'host:port is needed, without a scheme' })
    .optional(),
})

export interface ConfigPlaces {
  readonly projectRoot?: string
  readonly cwd?: string
  /** What was typed counts before the environment: a command's flags, by the names of their variables. */
  readonly typed?: Environment
}

/**
 * Reads and checks the environment, once, at the start of a process. What `.env` at the project's root sets counts where
 * the environment itself does not; an empty variable counts as not set.
 *
 * @throws {ConfigInvalid} naming each variable that cannot be used.
 */
export function readConfig(
  environment: Environment = process.env,
  { projectRoot = fileURLToPath(new URL('..', import.meta.url)), cwd = process.cwd(), typed = {} }: ConfigPlaces = {},
): Config {
  const merged = { ...readDotEnv(join(projectRoot, '.env')), ...environment, ...typed }
  const given = withoutEmpty(merged)
  const settings = parseVariables(given)
  const temporal = readTemporal(given)
  const dataDir = settings.ARCLOOM_DATA_DIR ? resolve(cwd, settings.ARCLOOM_DATA_DIR) : resolve(projectRoot, 'data')
  return {
    projectRoot: resolve(projectRoot),
    dataDir,
    stateDir: join(dataDir, '.state'),
    cacheDir: join(given['XDG_CACHE_HOME'] ?? join(given['HOME'] ?? homedir(), '.cache'), 'arcloom'),
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
    origins: new Map(
      Object.keys(given).map((name) => [name, environment[name] === undefined ? '.env' : 'environment'] as const),
    ),
    apiKey: (variable) => given[variable]?.trim(),
    environment: () => ({ ...merged, ...withAbsolutePaths(given, cwd), ARCLOOM_DATA_DIR: dataDir }),
  }
}

/**
 * Makes the data folder where it is missing. For what is going to write: the worker, the stack, a command that starts a run.
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
      `The data folder ${dataDir} cannot be written to (${reason}). ARCLOOM_DATA_DIR names another one.`,
      { cause: error },
    )
  }
}

function parseVariables(given: Record<string, string>): z.infer<typeof variables> {
  const parsed = variables.safeParse(given)
  if (parsed.success) return parsed.data
  const problems = parsed.error.issues.map((issue) => {
    const variable = String(issue.path[0])
    return `${variable} is ${JSON.stringify(given[variable])}: ${issue.message}.`
  })
  throw new ConfigInvalid(problems.join('\n'))
}

function readTemporal(given: Record<string, string>): Omit<Config['temporal'], 'cliPath'> {
  try {
    const { connectionOptions, namespace } = loadClientConnectConfig({ overrideEnvVars: given })
    const { address } = connectionOptions
    return { address, namespace: namespace ?? 'default', connection: () => (address ? connectionOptions : {}) }
  } catch (error) {
    const reason = messageOf(error)
    throw new ConfigInvalid(
      `Temporal's environment configuration cannot be used: ${reason} (TEMPORAL_CONFIG_FILE is ${given['TEMPORAL_CONFIG_FILE'] ?? 'not set'}, TEMPORAL_PROFILE ${given['TEMPORAL_PROFILE'] ?? 'not set'}).`,
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

function withAbsolutePaths(given: Record<string, string>, cwd: string): Environment {
  const python = given['ARCLOOM_PYTHON']
  const paths = pathVariables.flatMap((name) => (given[name] ? [[name, resolve(cwd, given[name])] as const] : []))
  return { ...Object.fromEntries(paths), ...(python && { ARCLOOM_PYTHON: resolveCommand(cwd, python) }) }
}

/** As a shell takes it: a name without a slash is looked up on PATH. */
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
