import { describe, expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import { isGrid } from '../../domain/grids/grid.ts'
import { parseReply } from './parse-reply.ts'

const parse = (text: string, inputs = 2) => parseReply(Buffer.from(text), inputs)

describe('parseReply', () => {
  test('reads answers, failures and printed text', () => {
    const lines = [
      '{"index": 0, "rows": ["12"]}',
      '{"index": 1, "failure": "error", "type": "KeyError", "message": "3", "line": 4}',
      '{"printed": "hello"}',
    ]
    expect(parse(lines.join('\n'))).toEqual({
      answers: [
        { status: 'ok', grid: [[1, 2]] },
        { status: 'error', errorType: 'KeyError', message: '3', line: 4 },
      ],
      printed: 'hello',
    })
  })

  test('reads at most one answer per input, and one line each for the function called and the printed text', () => {
    const answer = '{"index": 1, "rows": ["1"]}'
    expect(parse(`{\n{\n${answer}`).answers).toEqual([undefined, { status: 'ok', grid: [[1]] }])
    expect(parse(`{\n{\n{\n{\n${answer}`).answers).toEqual([undefined, undefined])
  })

  test('keeps the first answer to an input', () => {
    expect(parse('{"index": 0, "rows": ["1"]}\n{"index": 0, "rows": ["2"]}').answers).toEqual([
      { status: 'ok', grid: [[1]] },
      undefined,
    ])
  })

  test.each([
    ['lists of numbers', '[[1]]'],
    ['a number beyond every range', '[1e999]'],
    ['ragged rows', '["1", "23"]'],
    ['31 rows', `[${'"0",'.repeat(30)}"0"]`],
    ['no grid at all', 'null'],
  ])('reads %s as invalid output', (_, rows) => {
    expect(parse(`{"index": 0, "rows": ${rows}}`).answers[0]).toMatchObject({ status: 'invalid-output' })
  })

  test.each([
    ['an index that is not there', '{"index": 2, "rows": ["1"]}'],
    ['a negative index', '{"index": -1, "rows": ["1"]}'],
    ['an index in words', '{"index": "0", "rows": ["1"]}'],
    ['half a line', '{"index": 0, "rows": ["1'],
    ['something that is not an object', '[0]\nnull\n0'],
    ['nothing', ''],
  ])('ignores %s', (_, text) => {
    expect(parse(text).answers).toEqual([undefined, undefined])
  })

  test.each(['correct', 'ok', 'cpu-timeout', '__proto__'])('does not let a program claim %s', (failure) => {
    expect(parse(JSON.stringify({ index: 0, failure })).answers[0]).toMatchObject({ status: 'invalid-output' })
  })

  test('keeps a failure without trusting its details', () => {
    const fields = { index: 0, failure: 'memory', type: { a: 1 }, message: 'x'.repeat(5_000), line: -3 }
    const [answer] = parse(JSON.stringify(fields)).answers
    expect(answer).toEqual({ status: 'memory', message: 'x'.repeat(1_000) })
  })

  test('never throws, and returns one grid, failure or nothing per input', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.json(), fc.string())), fc.nat(4), (lines, inputs) => {
        const { answers, printed } = parse(lines.join('\n'), inputs)
        expect(answers).toHaveLength(inputs)
        expect(Buffer.byteLength(printed)).toBeLessThanOrEqual(4_096)
        for (const answer of answers) if (answer?.status === 'ok') expect(isGrid(answer.grid)).toBe(true)
      }),
    )
  })
})
