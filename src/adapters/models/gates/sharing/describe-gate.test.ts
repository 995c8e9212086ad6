import { expect, test } from '@jest/globals'
import { describeGate } from './describe-gate.ts'
import type { GateNote, NotedView } from './gate-note.ts'

const view: NotedView = {
  title: 'OpenRouter',
  model: 'm',
  run: 'r',
  inside: 40,
  waiting: 3,
  why: 'places',
  until_ms: null,
  places: 40,
  per_second: null,
}
const note = (...views: NotedView[]): GateNote => ({
  beat: 1,
  claims: {},
  pauses: {},
  views,
})

test.each([
  ['3 requests wait for one of 40 places', {}],
  ['1 request waits for one of 1 place', { waiting: 1, places: 1 }],
  ['OpenRouter asks us to wait: 12 s', { why: 'asked', until_ms: 111_900 }],
  ['OpenRouter asks us to wait: 1 h 0 min', { why: 'asked', until_ms: 3_700_000 }],
  ['OpenRouter asks us to wait: 1 s', { why: 'asked', until_ms: 99_000 }],
  [
    'OpenRouter says that its limit is used up; the next request is sent in 3 s',
    { why: 'announced', until_ms: 103_000 },
  ],
  [
    'OpenRouter refused a request because there were too many; the next one is sent in 2 s',
    { why: 'refused', until_ms: 102_000 },
  ],
  [
    '3 requests wait for the limit of requests a minute; the next one is sent in 30 s',
    { why: 'requests', until_ms: 130_000 },
  ],
  [
    '3 requests wait for the limit of tokens a minute; the next one is sent in 30 s',
    { why: 'tokens', until_ms: 130_000 },
  ],
  ['3 requests wait for a part of the limit, all of which other workers use', { why: 'lease' }],
  ['3 requests wait for a part of the limit, all of which other workers use', { why: 'places', places: 0 }],
  ['3 requests wait for a part of the limit, all of which other workers use', { why: 'requests' }],
  ['3 requests wait for a part of the limit, all of which other workers use', { why: 'tokens' }],
  ['3 requests wait: OpenRouter accepts about 18 requests a second', { why: 'pace', per_second: 18.2 }],
  ['3 requests wait: OpenRouter accepts about one request every 4 s', { why: 'pace', per_second: 0.25 }],
  [null, { why: 'pace' }],
  [null, { why: 'probe' }],
  [null, { why: 'what a later version waits for' }],
  [null, { waiting: 0 }],
  [null, { run: 'another' }],
])('%s', (words, change) => {
  expect(describeGate([note({ ...view, ...change })], 'r', 100_000)).toBe(words)
})

test('the requests and places of several workers add up', () => {
  const notes = [note(view), note({ ...view, waiting: 1, places: 10 }, { ...view, run: 'other', waiting: 9 })]
  expect(describeGate(notes, 'r', 0)).toBe('4 requests wait for one of 50 places')
})
