import { join } from 'node:path'
import type { Config } from '../../config.ts'
import { isListening } from '../ports/is-listening.ts'
import { staysTaken } from '../ports/stays-taken.ts'
import { explainTaken } from '../stack-failed.ts'
import { nodeFlags, type PartSpec } from './part.ts'

export function urlOfBaseline({ ports }: Pick<Config, 'ports'>): string {
  return `http://127.0.0.1:${ports.baseline}/v1`
}

export function createBaselinePart(config: Config): PartSpec {
  const { projectRoot, baselineSeconds, ports } = config
  const seconds = baselineSeconds === undefined ? [] : ['--baseline-seconds', String(baselineSeconds)]
  return {
    name: 'baseline',
    graceMs: 5_000,
    async plan() {
      if (await staysTaken(ports.baseline))
        throw explainTaken(ports.baseline, 'the baseline model', 'ARCLOOM_BASELINE_PORT')
      const script = join(projectRoot, 'src/baseline/main.ts')
      return {
        command: process.execPath,
        args: [...nodeFlags, script, '--port', String(ports.baseline), ...seconds],
        env: config.environment(),
      }
    },
    isReady: () => isListening(ports.baseline),
  }
}
