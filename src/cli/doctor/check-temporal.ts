import type { Config } from '../../config.ts'
import { resolveTemporalCli, type TemporalCli } from '../../stack/parts/resolve-temporal-cli.ts'
import { addressOfServer } from '../../stack/parts/server-part.ts'
import { isListening } from '../../stack/ports/is-listening.ts'
import { StackFailed } from '../../stack/stack-failed.ts'
import { answersAt } from '../../stack/with-temporal.ts'
import { missing, passed, type Check } from './check.ts'
import { mendSetting } from './mend-setting.ts'

/** The server that commands would use. */
export type TemporalProbe =
  /** Named by the user. */
  | { readonly kind: 'named'; readonly answers: boolean }
  /** Listening on the embedded server's port, whoever started it. */
  | { readonly kind: 'local' }
  /** Not running yet; this one would be started. */
  | { readonly kind: 'embedded'; readonly cli: TemporalCli }
  | { readonly kind: 'none'; readonly message: string; readonly mend: string | undefined }

/** Looks where the stack looks, in the same order; starts nothing. */
export async function probeTemporal(config: Config): Promise<TemporalProbe> {
  const { temporal, ports } = config
  const connection = { ...temporal.connection(), address: addressOfServer(config) }
  if (temporal.address !== undefined) {
    return { kind: 'named', answers: await answersAt(connection, temporal.namespace) }
  }
  if ((await isListening(ports.temporal)) && (await answersAt(connection, temporal.namespace))) return { kind: 'local' }
  try {
    return { kind: 'embedded', cli: await resolveTemporalCli(config) }
  } catch (error) {
    if (error instanceof StackFailed) return { kind: 'none', message: error.message, mend: error.mend }
    throw error
  }
}

export function judgeTemporal(probe: TemporalProbe, config: Pick<Config, 'temporal' | 'ports' | 'origins'>): Check {
  const check = { name: 'temporal', needed: 'a Temporal server, or the Temporal CLI, which includes one' }
  const { origins, temporal } = config
  switch (probe.kind) {
    case 'named': {
      const byVariable = origins.has('TEMPORAL_ADDRESS')
      const origin = byVariable ? 'TEMPORAL_ADDRESS' : 'Temporal’s own configuration file'
      const server = `the server at ${temporal.address} (from ${origin})`
      if (probe.answers) return passed({ ...check, found: `${server} answers` })
      const problem = `${server} does not answer or has no namespace "${temporal.namespace}"`
      const without = byVariable ? mendSetting('TEMPORAL_ADDRESS', origins) : `remove its address from ${origin}`
      return missing({ ...check, found: problem, mend: `start it or, to use Arcloom’s own server: ${without}` })
    }
    case 'local':
      return passed({ ...check, found: `a server answers at 127.0.0.1:${config.ports.temporal}` })
    case 'embedded': {
      const { path, version, serverVersion } = probe.cli
      return passed({ ...check, found: `CLI ${version} with server ${serverVersion}, ${path}` })
    }
    case 'none':
      return missing({ ...check, found: probe.message, mend: probe.mend ?? mendSetting('TEMPORAL_CLI_PATH', origins) })
  }
}
