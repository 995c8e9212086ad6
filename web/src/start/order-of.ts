import type { RunOrder } from '../../../src/api/documents.ts'
import type { StartView } from '../address/start-view.ts'

/** Flags that are given once for each of their values. */
export const repeatedFlags: readonly string[] = ['model', 'dataset']

/** What the server is asked for. What the address says of commands that do not exist, it refuses. */
export function orderOf({ command, flags }: StartView): RunOrder {
  const [verb, recipe] = command.split(' ')
  const texts = Object.entries(flags).map(([name, values]) => [
    name,
    repeatedFlags.includes(name) ? values : (values.at(-1) ?? ''),
  ])
  return {
    kind: verb === 'generate' ? 'generation' : 'benchmark',
    recipe: recipe as RunOrder['recipe'], // The server checks it.
    flags: Object.fromEntries(texts) as RunOrder['flags'],
  }
}
