import type { Config } from '../../config.ts'
import { isListening } from '../ports/is-listening.ts'
import { staysTaken } from '../ports/stays-taken.ts'
import { explainTaken } from '../stack-failed.ts'
import { listPageArguments } from './page-arguments.ts'
import type { PartSpec } from './part.ts'

export function urlOfPage({ ports }: Pick<Config, 'ports'>): string {
  return `http://127.0.0.1:${ports.web}`
}

export function createPagePart(config: Config): PartSpec {
  const { web: port } = config.ports
  return {
    name: 'page',
    graceMs: 5_000,
    async plan() {
      if (await staysTaken(port)) throw explainTaken(port, 'the page', 'ARCLOOM_WEB_PORT')
      return { command: process.execPath, args: listPageArguments(config), env: config.environment() }
    },
    isReady: () => isListening(port),
  }
}
