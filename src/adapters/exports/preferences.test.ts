import { describe, expect, test } from '@jest/globals'
import { listExported, programOf } from '../../../test/support/list-exported.ts'
import type { SaidSample } from '../../../test/support/record-run.ts'
import { preferencesFormat } from './preferences.ts'

const good = (...bodies: string[]): SaidSample[] => bodies.map((body) => ({ texts: [programOf(body)], right: 'all' }))
const bad = (...bodies: string[]): SaidSample[] => bodies.map((body) => ({ texts: [programOf(body)] }))

/** The bodies of the programs, by pair. */
async function pair(said: readonly SaidSample[], only: 'train-correct' | 'test-correct' = 'train-correct') {
  const rows = await listExported(preferencesFormat, 'code', said, only)
  const bodyOf = (messages: unknown) => {
    const [{ content } = { content: '' }] = messages as { content: string }[]
    return /return (\w+)/.exec(content)?.[1] ?? content
  }
  return rows.map(({ chosen, rejected }) => `${bodyOf(chosen)} > ${bodyOf(rejected)}`)
}

describe('a preferences export', () => {
  test.each([
    ['as many good as bad ones', [...good('a', 'b'), ...bad('x', 'y')], ['a > x', 'b > y']],
    ['more bad ones', [...good('a', 'b'), ...bad('x', 'y', 'z')], ['a > x', 'b > y', 'a > z']],
    ['more good ones', [...bad('x'), ...good('a', 'b')], ['a > x', 'b > x']],
    ['equal texts', [...good('a', 'a'), ...bad('x', 'x')], ['a > x']],
    ['a text that was good once and bad once', [...good('a'), ...bad('a', 'x')], ['a > x']],
    ['no good one', bad('x', 'y'), []],
    ['no bad one', good('a', 'b'), []],
    ['an answer without a program', [...good('a'), { texts: ['No idea.'] }], ['a > No idea.']],
    ['a rejected request', [...good('a'), { texts: ['too long'], rejected: true }], []],
  ] as const)('uses each good and each bad text at least once: %s', async (_, said, pairs) => {
    expect(await pair(said)).toEqual(pairs)
  })

  test('tells good from bad by the chosen criterion', async () => {
    const said = [...good('a'), { texts: [programOf('b')], right: 'train' as const }, ...bad('x')]
    expect(await pair(said)).toEqual(['a > x', 'b > x'])
    expect(await pair(said, 'test-correct')).toEqual(['a > b', 'a > x'])
  })

  test('has the question once, and says where both answers come from', async () => {
    const [row] = await listExported(preferencesFormat, 'code', [...bad('x'), ...good('a')], 'train-correct')
    expect(row).toMatchObject({
      prompt: [{ role: 'system' }, { role: 'user', content: expect.stringContaining('## Train pair 1') }],
      chosen: [{ role: 'assistant', content: programOf('a') }],
      rejected: [{ role: 'assistant', content: programOf('x') }],
      metadata: {
        task_id: 't',
        prompt_hash: expect.any(String),
        chosen: { sample: 1, train_correct: true, parameters: { seed: 1 } },
        rejected: { sample: 0, train_correct: false, parameters: { seed: 0 } },
      },
    })
  })

  test('only pairs answers to the same messages', async () => {
    // Each test input is a question of its own.
    const rows = await listExported(
      preferencesFormat,
      'direct',
      [{ texts: ['[[1]]', '[[2]]'] }, { texts: ['[[3]]', '[[4]]'] }],
      'test-correct',
      { test: [pairOf(1), pairOf(4)] },
    )
    expect(rows.map(({ chosen, rejected }) => [chosen, rejected].map(textOf))).toEqual([
      ['[[1]]', '[[3]]'],
      ['[[4]]', '[[2]]'],
    ])
  })
})

const pairOf = (symbol: number) => ({ input: [[symbol, 0]], output: [[symbol]] })
const textOf = (messages: unknown) => (messages as { content: string }[])[0]?.content
