import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { addTraces, editTrace, findTrace, removeTrace, restoreTrace, voteOnTrace } from './change-traces.ts'
import { mergeTraces } from './merge-traces.ts'
import type { Trace } from './trace.ts'

const trace = (trace_id: string, more: Partial<Trace> = {}): Trace => {
  return { trace_id, task_id: 'a', username: 'ann', text: trace_id, score: 0, timestamp: 1, voters: {}, ...more }
}
const traces = { a: [trace('x'), trace('y')], b: [trace('z', { task_id: 'b', score: 3 })] }

describe('voteOnTrace', () => {
  test("counts a person's last vote only", () => {
    const votes = fc.array(
      fc.record({ username: fc.constantFrom('ann', 'bob', 'constructor'), vote: fc.constantFrom(-1, 0, 1) }),
    )
    fc.assert(
      fc.property(votes, (votes) => {
        let state: Record<string, readonly Trace[]> = traces
        const last = new Map<string, number>()
        for (const { username, vote } of votes as { username: string; vote: -1 | 0 | 1 }[]) {
          state = voteOnTrace(state, { traceId: 'z', username, vote }).value ?? state
          last.set(username, vote)
        }
        const voted = findTrace(state, 'z')
        const given = [...last].filter(([, vote]) => vote !== 0)
        expect(voted?.voters).toEqual(Object.fromEntries(given))
        // It came with 3 votes of people whom the file does not name.
        expect(voted?.score).toBe(3 + given.reduce((sum, [, vote]) => sum + vote, 0))
      }),
    )
  })

  test('says when the trace does not exist', () => {
    expect(voteOnTrace(traces, { traceId: 'no', username: 'bob', vote: 1 })).toEqual({
      result: { outcome: 'not-found' },
    })
  })
})

describe('editTrace and removeTrace', () => {
  test('are allowed for the author only', () => {
    const bob = { traceId: 'x', username: 'bob' }
    const refused = { result: { outcome: 'not-yours', trace: trace('x') } }
    expect(editTrace(traces, { ...bob, text: 'new' })).toEqual(refused)
    expect(removeTrace(traces, bob)).toEqual(refused)
    expect(restoreTrace({}, [trace('x')], bob)).toEqual(refused)
  })

  test('change that trace and no other', () => {
    const edited = editTrace(traces, { traceId: 'x', username: 'ann', text: 'new' })
    expect(edited.value).toEqual({ ...traces, a: [trace('x', { text: 'new' }), trace('y')] })
    const removed = removeTrace(traces, { traceId: 'z', username: 'ann' })
    expect(removed.value).toEqual({ a: traces.a })
  })
})

describe('restoreTrace', () => {
  test('puts it back where it was', () => {
    const before = { a: [trace('x'), trace('y', { timestamp: 2 }), trace('z', { timestamp: 3 })] }
    const ann = { traceId: 'y', username: 'ann' }
    const after = removeTrace(before, ann).value ?? {}
    expect(restoreTrace(after, [trace('y', { timestamp: 2 })], ann).value).toEqual(before)
  })

  test('changes nothing about a trace that was not removed', () => {
    expect(restoreTrace(traces, [trace('x')], { traceId: 'x', username: 'ann' }).result.outcome).toBe('unchanged')
    expect(restoreTrace(traces, [], { traceId: 'no', username: 'ann' }).result.outcome).toBe('not-found')
  })
})

describe('mergeTraces', () => {
  const found = [trace('n1', { text: 'new' }), trace('n2', { text: 'x' }), trace('n3', { text: 'gone' })]
  const removed = [trace('r', { text: 'gone' })]

  test('adds what is new, and neither traces that exist under another id nor removed ones', () => {
    expect(mergeTraces(traces, removed, found)).toEqual({
      traces: { ...traces, a: [...traces.a, found[0]] },
      added: [found[0]],
      present: 1,
      removed: 1,
    })
  })

  test('adds nothing the second time, in whatever parts it comes', () => {
    const text = fc.constantFrom('1', '2', '3', '4')
    fc.assert(
      fc.property(fc.array(text), fc.array(text), (first, second) => {
        const make = (texts: string[]) => texts.map((text, index) => trace(`${text}-${index}`, { text }))
        const once = mergeTraces({}, [], make([...first, ...second]))
        const parts = mergeTraces(mergeTraces({}, [], make(first)).traces, [], make(second))
        const words = (merge: typeof once) => (merge.traces['a'] ?? []).map(({ text }) => text)
        expect(words(parts)).toEqual(words(once))
        expect(mergeTraces(once.traces, [], make(first))).toMatchObject({ added: [], present: first.length })
      }),
    )
  })

  test('tells versions and authors apart', () => {
    const others = [trace('v', { text: 'x', version: 1 }), trace('u', { text: 'x', username: 'bob' })]
    expect(mergeTraces(traces, [], others).added).toEqual(others)
  })
})

test('addTraces keeps traces in order of arrival', () => {
  const made = addTraces({ a: [trace('1', { timestamp: 1 }), trace('3', { timestamp: 3 })] }, [
    trace('2', { timestamp: 2 }),
    trace('4', { timestamp: 3 }),
  ])
  expect(made['a']?.map(({ trace_id }) => trace_id)).toEqual(['1', '2', '3', '4'])
})
