import { describe, expect, test } from '@jest/globals'
import { buildPairs } from '../../../test/support/build-run.ts'
import { listExported, programOf } from '../../../test/support/list-exported.ts'
import { sftFormat } from './sft.ts'

const answersOf = (rows: readonly Readonly<Record<string, unknown>>[]) =>
  rows.map(({ messages }) => (messages as { content: string }[]).at(-1)?.content)

describe('an sft export', () => {
  test('has the messages as they were sent, the answer, and the source of both', async () => {
    const derivedFrom = { version: 0, transforms: [{ kind: 'symmetry', symmetry: 'transpose' }] }
    const said = [{ texts: [programOf('grid')], right: 'all' as const }]
    const [row] = await listExported(sftFormat, 'code', said, 'train-correct', { version: 3, derivedFrom })
    expect(row).toEqual({
      messages: [
        { role: 'system', content: expect.stringContaining('You find the rule') },
        { role: 'user', content: expect.stringContaining('## Train pair 1') },
        { role: 'assistant', content: programOf('grid') },
      ],
      metadata: {
        dataset: 'd',
        split: 'training',
        task_id: 't',
        version: 3,
        derived_from: JSON.stringify(derivedFrom),
        task_hash: expect.stringMatching(/^[0-9a-f]{64}$/),
        run_id: 'run',
        item: 't-v3',
        recipe: 'code',
        recipe_version: 2,
        prompt_hash: expect.stringMatching(/^[0-9a-f]{64}$/),
        model: 'MODEL',
        model_id: 'model-id',
        provider: 'local',
        evaluation: false,
        evaluation_checked: true,
        checked_against: 'arc-agi-2',
        kin_to: '',
        kinship: '',
        answer_key: expect.stringMatching(/^[0-9a-f]{64}$/),
        parameters: { model: 'model-id', temperature: 0.5, seed: 0 },
        sample: 0,
        round: 1,
        test_pair: null,
        outcome: 'answered',
        verdict: 'correct',
        train_correct: true,
        test_correct: true,
        program_hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      },
    })
  })

  test('takes the answers that meet its criterion, and never a failed one', async () => {
    const said = [
      { texts: [programOf('1')], right: 'all' as const },
      { texts: [programOf('2')], right: 'train' as const },
      { texts: [programOf('3')] },
      { texts: ['I do not know.'] },
      { texts: ['too long'], rejected: true },
    ]
    const only = async (criterion: 'train-correct' | 'test-correct' | 'all') =>
      answersOf(await listExported(sftFormat, 'code', said, criterion))
    expect(await only('test-correct')).toEqual([programOf('1')])
    expect(await only('train-correct')).toEqual([programOf('1'), programOf('2')])
    expect(await only('all')).toEqual([programOf('1'), programOf('2'), programOf('3')])
  })

  test('has a row for each test input of a task whose grids were requested one by one', async () => {
    const [first, second] = [buildPairs(1), buildPairs(5)]
    const task = { ...first, test: [...first.test, ...second.test] }
    const [right, wrong] = [JSON.stringify(task.test[0]?.output), '[[7]]']
    const rows = await listExported(sftFormat, 'direct', [{ texts: [right, wrong] }], 'test-correct', task)
    expect(answersOf(rows)).toEqual([right])
    expect(rows[0]?.['metadata']).toMatchObject({ test_pair: 0, test_correct: true, train_correct: null })
  })

  test('marks programs that spell out outputs only when such programs may be among the rows', async () => {
    const table = programOf(JSON.stringify(buildPairs(1).train.map(({ output }) => output)))
    const said = [table, programOf('1')].map((text) => ({ texts: [text], right: 'all' as const }))
    const marks = async (marksCopies: boolean) => {
      const rows = await listExported(sftFormat, 'code', said, 'train-correct', {}, { marksCopies })
      return rows.map(({ metadata }) => (metadata as { copied_outputs?: string }).copied_outputs)
    }
    expect(await marks(true)).toEqual(['train 1, train 2', ''])
    expect(await marks(false)).toEqual([undefined, undefined])
  })

  test('makes no claims about explanations', async () => {
    const rows = await listExported(sftFormat, 'reasoning', [{ texts: ['It is turned.'] }, { texts: [''] }], 'all')
    expect(answersOf(rows)).toEqual(['It is turned.'])
    expect(rows[0]?.['metadata']).toMatchObject({ train_correct: null, test_correct: null, verdict: '' })
  })
})
