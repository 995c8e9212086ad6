import { count } from '../count.ts'
import type { PairVerdict, RoundRecord } from './record.ts'

/** The fault on a pair, named `train 1` or `test 1`, counted from 1. */
export interface PairFault extends PairVerdict {
  readonly pair: string
}

/** @returns null if the program is right on every pair, or there is none */
export function findFirstFault({ run }: Pick<RoundRecord, 'run'>, trainPairs: number): PairFault | null {
  const index = run?.pairs.findIndex((pair) => pair.verdict !== 'correct') ?? -1
  const pair = run?.pairs[index]
  if (pair === undefined) return null
  return { pair: index < trainPairs ? `train ${index + 1}` : `test ${index - trainPairs + 1}`, ...pair }
}

/** In one line, with the exception and its place: `train 1: error: IndexError: list index out of range (line 2)`. */
export function describeFault({
  pair,
  verdict,
  error_type,
  message = '',
  line,
  cells_right,
  cells,
}: PairFault): string {
  if (verdict === 'wrong') return `${pair}: wrong (${cells_right} of ${count(cells, 'cell')} right)`
  const words = [error_type, message].filter(Boolean).join(': ').replaceAll(/\s+/g, ' ')
  const place = line === undefined ? '' : ` (line ${line})`
  const hint = error_type === 'NameError' && message.startsWith(nothingToCall) ? '; to name one: --function NAME' : ''
  return `${pair}: ${verdict}${words === '' ? '' : `: ${words}`}${place}${hint}`
}

/** Beginning of the sandbox's message when it finds no function to call. */
const nothingToCall = 'there is no '
