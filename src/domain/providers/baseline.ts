import { local } from './local.ts'
import type { Provider } from './provider.ts'

/** It has its answer at once, so it sends no streams and takes no batches. */
const { streaming: _streaming, batching: _batching, ...whole } = local

/** The solver that comes with the stack (`src/baseline`). */
export const baseline = {
  ...whole,
  name: 'baseline',
  title: 'The baseline',
  // If the port has changed, the configuration says so.
  defaults: { ...local.defaults, baseUrl: 'http://127.0.0.1:8322/v1' },
  runsHere: true,
  seedsSamples: true,
} as const satisfies Provider
