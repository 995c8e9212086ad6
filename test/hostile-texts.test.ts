import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { hideKey } from '../src/adapters/models/http/hide-key.ts'
import { parsePrompt } from '../src/baseline/chat/parse-prompt.ts'
import { extractGrid } from '../src/domain/answers/extract-grid.ts'
import { extractProgram } from '../src/domain/answers/extract-program.ts'
import { readsAsPython } from '../src/domain/answers/reads-as-python.ts'
import { findCopiedOutputs } from '../src/domain/evidence/find-copied-outputs.ts'
import { generalizeReason } from '../src/domain/models/generalize-reason.ts'
import { classifyModelFailure } from '../src/domain/models/model-failure.ts'
import { describeErrorBody } from '../src/domain/providers/describe-error-body.ts'
import { findSuperlinearTime } from './support/find-superlinear-time.ts'

/*
 * Everything that reads text from outside must take time linear in its length: one reply that holds up a worker for minutes holds
 * up every other run with it.
 */

const pairs = { train: [{ input: [[1, 2, 3, 4, 5, 6]], output: [[1, 2, 3, 4, 5, 7]] }], test: [] }
const readers: Readonly<Record<string, (text: string) => unknown>> = {
  extractGrid: (text) => extractGrid({ text, finishReason: 'stop' }),
  extractProgram: (text) => extractProgram({ text, finishReason: 'stop' }),
  readsAsPython,
  findCopiedOutputs: (program) => findCopiedOutputs(program, pairs),
  describeErrorBody: (body) => describeErrorBody(body, 502),
  hideKey: (body) => hideKey(body, 'sk-0123456789'),
  classifyModelFailure: (message) =>
    classifyModelFailure({ status: 400, message, headers: { 'retry-after': message } }, 0),
  generalizeReason,
  parsePrompt,
}

/** A beginning, a part that is repeated, and an end. Patterns go wrong on long texts that almost match. */
type Shape = readonly [begin: string, unit: string, end: string]
const build =
  ([begin, unit, end]: Shape) =>
  (length: number) =>
    begin + unit.repeat(Math.ceil(length / unit.length)) + end

const shapes: readonly Shape[] = [
  ['', 'a', ''],
  ['<html>', '<', ''],
  ['```\n', '`', '\u2028'],
  ['```\n', '~', '\u2028'],
  ['```\n[1]', ' ', 'x\n```'],
  ['```\n1', ' ', 'x\n```'],
  ['```\n', '1 ', 'x\n```'],
  ['```\n', '|1', 'x\n```'],
  ['', '```\n"""\n', ''],
  ['', "```python\n'''\n", ''],
  ['', '[[1],', ''],
  ['[', '[1],', 'x'],
  ['', '[[', ''],
  ['', '[1,', ''],
  ['x = ["', '\\"', ''],
  ['', '"', ''],
  ['', '<think>', ''],
  ['', '<s>', ''],
  ['<|channel|>', ' ', '<'],
  ['', '<|channel|>analysis', ''],
  ['', '|-', ''],
  ['', '> ', ''],
  ['', '\n', 'x'],
  ['', 'x = 1\n', 'def solve(grid):\n'],
  ['a', ',a', ''],
  ['from a', ' ', 'x'],
  ['', 'sk-***', ''],
  ['', '"input":', '\n'],
  ['', '0a', ''],
]

test.each(Object.keys(readers))(
  '%s reads a megabyte of any text in time',
  (name) => {
    const read = readers[name] ?? String
    for (const shape of shapes) {
      expect([shape, findSuperlinearTime(read, build(shape))]).toEqual([shape, undefined])
    }
  },
  300_000,
)

const piece = fc.oneof(
  fc.constantFrom(
    '[',
    ']',
    '(',
    '{',
    '"',
    "'",
    '`',
    '```',
    '~~~',
    '"""',
    '\\',
    '\n',
    '\r',
    ' ',
    '\t',
    '\u2028',
    '\u00A0',
  ),
  fc.constantFrom('<', '>', '<think>', '</think>', '<|', '|>', '<|channel|>', '|', '-', ',', '=', ':', '#', '> '),
  fc.constantFrom('0', '1', '12', '1.5', 'a', 'def solve(', 'def f(grid):\n', 'import a\n', 'attempt_1', 'sk-', '***'),
)
const anyPieces = (maxLength: number) => fc.array(piece, { minLength: 1, maxLength }).map((pieces) => pieces.join(''))

test.each(Object.keys(readers))(
  '%s does so for any text made of what it searches for',
  (name) => {
    const read = readers[name] ?? String
    fc.assert(
      fc.property(anyPieces(4), anyPieces(4), anyPieces(4), (begin, unit, end) => {
        expect(findSuperlinearTime(read, build([begin, unit, end]))).toBeUndefined()
      }),
      { numRuns: 4 },
    )
  },
  300_000,
)
