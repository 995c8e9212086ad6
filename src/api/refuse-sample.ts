import { count } from '../domain/count.ts'
import type { ItemRecord } from '../domain/runs/record.ts'
import { Problem } from './problem.ts'

/**
 * For a sample that a run has not taken of a task. People see samples counted from 1, as on every page; addresses and requests
 * count from 0.
 */
export function refuseSample(
  run: string,
  { item, samples }: Pick<ItemRecord, 'item' | 'samples'>,
  index: number,
): never {
  const { length } = samples
  const range = length > 1 ? `, 1 to ${length}` : ''
  throw new Problem(
    404,
    'no-such-sample',
    `Run "${run}" has ${count(length, 'sample')} of "${item.key}"${range}; there is no sample ${index + 1} (${index} in addresses, which count from 0).`,
  )
}
