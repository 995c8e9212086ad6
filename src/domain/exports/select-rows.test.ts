import { describe, expect, test } from '@jest/globals'
import { buildPairs } from '../../../test/support/build-run.ts'
import { programOf, recordExamples } from '../../../test/support/list-exported.ts'
import type { SaidSample } from '../../../test/support/record-run.ts'
import { meets, type Criterion } from './criterion.ts'
import type { Example } from './example.ts'
import { countNothing, createSelection, type SelectionRules } from './select-rows.ts'

const all: SelectionRules = { includeCopied: true, requireReasoning: false, unique: false, maxPerTask: undefined }
const right = (body: string, more: Partial<SaidSample> = {}): SaidSample => ({
  texts: [programOf(body)],
  right: 'all',
  ...more,
})
const table = JSON.stringify(buildPairs(1).train[0]?.output)

/** One row per answer. */
const single = {
  isCandidate: meets,
  planRows: (candidates: readonly Example[]) => candidates.map((example) => ({ examples: [example] })),
}
/** Neighbours form a row. */
const paired = {
  isCandidate: meets,
  planRows: (candidates: readonly Example[]) =>
    candidates.flatMap((example, index) => {
      const next = candidates[index + 1]
      return index % 2 === 0 && next !== undefined ? [{ examples: [example, next] }] : []
    }),
}

/** The bodies of the programs in the rows of one task, given what its runs answered. */
async function select(
  rules: Partial<SelectionRules>,
  runs: readonly (readonly SaidSample[])[],
  maker: typeof single = single,
  only: Criterion = 'train-correct',
) {
  const leftOut = countNothing()
  const selectRows = createSelection({ ...all, ...rules }, leftOut)
  const rows = []
  for (const said of runs) rows.push(...selectRows((await recordExamples('code', said)).examples, only, maker))
  const bodies = rows.map(({ examples }) =>
    examples.map(({ round, call }) => /return (.*)/.exec(round.program ?? '')?.[1] ?? call.reply?.text).join(' > '),
  )
  const counts = Object.fromEntries(Object.entries(leftOut).filter(([, number]) => number > 0))
  return { bodies, leftOut: counts }
}

describe('a selection of rows', () => {
  test('takes what meets the criterion', async () => {
    const { bodies, leftOut } = await select({}, [[right('1'), { texts: [programOf('2')] }, right('1')]])
    expect(bodies).toEqual(['1', '1'])
    expect(leftOut).toEqual({ criterion: 1 })
  })

  test('leaves out programs that spell out an output of the task, unless told otherwise', async () => {
    const said = [right(table), right('1')]
    expect(await select({ includeCopied: false }, [said])).toEqual({ bodies: ['1'], leftOut: { copied_outputs: 1 } })
    expect(await select({}, [said])).toEqual({ bodies: [table, '1'], leftOut: {} })
  })

  test('takes each program of a task once, over all runs, the first time it occurs', async () => {
    const runs = [
      [right('1'), right('2'), right('1')],
      [right('2'), right('3')],
    ]
    expect(await select({ unique: true }, runs)).toEqual({ bodies: ['1', '2', '3'], leftOut: { repeated: 2 } })
    expect(await select({}, runs)).toEqual({ bodies: ['1', '2', '1', '2', '3'], leftOut: {} })
  })

  test('compares answers without a program by their text, and leaves those without text alone', async () => {
    const said = ['No idea.', 'No idea.', 'None.', '', ''].map((text) => ({ texts: [text] }))
    const { bodies, leftOut } = await select({ unique: true }, [said], single, 'all')
    expect(bodies).toEqual(['No idea.', 'None.', '', ''])
    expect(leftOut).toEqual({ repeated: 1 })
  })

  test('keeps equal texts about two test inputs apart', async () => {
    const { examples } = await recordExamples(
      'direct',
      [{ texts: ['[[1]]', '[[1]]'] }, { texts: ['[[1]]', '[[2]]'] }],
      {
        test: [...buildPairs(1).test, ...buildPairs(5).test],
      },
    )
    const rows = createSelection({ ...all, unique: true }, countNothing())(examples, 'all', single)
    expect(rows.map(({ examples: [example] }) => [example?.call.answer.question.test_pair, example?.sample])).toEqual([
      [0, 0],
      [1, 0],
      [1, 1],
    ])
  })

  test('takes at most so many rows per task, over all runs', async () => {
    const runs = [
      [right('1'), right('2')],
      [right('3'), right('4')],
    ]
    expect(await select({ maxPerTask: 3 }, runs)).toEqual({ bodies: ['1', '2', '3'], leftOut: { max_per_task: 1 } })
  })

  test('drops copies, then answers without reasoning, then repeats, and caps the rest', async () => {
    const thought = { reasoning: 'I see.' }
    const said = [
      right(table, thought),
      right('1'),
      right('1', thought),
      right('1', thought),
      right('2', thought),
      right('3', thought),
    ]
    const rules = { includeCopied: false, requireReasoning: true, unique: true, maxPerTask: 2 }
    expect(await select(rules, [said])).toEqual({
      bodies: ['1', '2'],
      leftOut: { copied_outputs: 1, no_reasoning: 1, repeated: 1, max_per_task: 1 },
    })
  })

  test('counts answers that no other one forms a row with', async () => {
    const said = [right('1'), right('2'), right('3')]
    expect(await select({}, [said], paired)).toEqual({ bodies: ['1 > 2'], leftOut: { unpaired: 1 } })
  })

  test('drops a pair when the same two programs were paired before, and keeps one that shares only one of them', async () => {
    const runs = [
      [right('1'), right('2')],
      [right('1'), right('2'), right('1'), right('3')],
    ]
    expect(await select({ unique: true }, runs, paired)).toEqual({
      bodies: ['1 > 2', '1 > 3'],
      leftOut: { repeated: 1 },
    })
    expect(await select({ maxPerTask: 2 }, runs, paired)).toMatchObject({ leftOut: { max_per_task: 1 } })
  })
})
