import { expect, test } from '@jest/globals'
import type { Bottleneck } from './name-bottleneck.ts'
import { selectBottleneck } from './select-bottleneck.ts'

const gate: Bottleneck = { kind: 'gate', name: 'the rate limit', words: '24 more requests wait' }
const disk: Bottleneck = { kind: 'disk', name: 'the disk', words: 'writing a file takes 0.8 s' }
const words = '3 requests wait for one of 40 places'

test.each([
  ['the wait at the gate is not told twice', gate, words, null],
  ['it is told where the gate has no words for this run', gate, null, gate],
  ['another bottleneck is told beside the gate', disk, words, disk],
  ['a document without a wait has no such field', gate, undefined, gate],
  ['nothing is known', undefined, words, null],
])('%s', (_, bottleneck, gateWait, selected) => expect(selectBottleneck(bottleneck, gateWait)).toEqual(selected))
