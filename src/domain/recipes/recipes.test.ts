import { describe, expect, test } from '@jest/globals'
import type { ProgramVerdict } from '../runs/record.ts'
import { codeRecipe } from './code.ts'
import { directRecipe } from './direct.ts'
import { findRecipe, recipeNames } from './find-recipe.ts'
import { reasoningRecipe } from './reasoning.ts'
import { maxFeedbackBytes } from './render-tries.ts'
import { rankTries, showTry } from './shown-try.ts'

const task = {
  train: [
    { input: [[0, 1]], output: [[1], [0]] },
    { input: [[2]], output: [[2]] },
  ],
  testInputs: [[[3, 0]], [[4, 5]]],
}

describe.each(recipeNames.map(findRecipe))('every recipe ($name)', (recipe) => {
  const ask = (more = {}, encoding?: 'digits') =>
    recipe
      .renderMessages({ ...task, ...more }, recipe.asksPerTestInput ? 1 : null, encoding)
      .map(({ content }) => content)
      .join('\n')

  test('explains grids and shows each train pair with its number and sizes', () => {
    expect(ask()).toContain('4 yellow')
    expect(ask()).toContain(
      '## Train pair 1\n\nInput, 1 row × 2 columns:\n[[0,1]]\n\nOutput, 2 rows × 1 column:\n[[1],\n [0]]',
    )
    expect(ask()).toContain('## Train pair 2')
  })

  test('writes grids in the encoding it is given', () => {
    expect(ask({}, 'digits')).toContain('Output, 2 rows × 1 column:\n1\n0')
    expect(ask({}, 'digits')).not.toContain('[[0,1]]')
  })

  test('is the same whatever other fields the task has', () => {
    expect(ask({ test: [{ input: [[3, 0]], output: [[9]] }] })).toBe(ask())
  })
})

test('the direct recipe shows the test input it asks about, and no other', () => {
  const [, user] = directRecipe.renderMessages(task, 1)
  expect(user?.content).toContain('## Test input 1\n\nInput, 1 row × 2 columns:\n[[4,5]]')
  expect(user?.content).not.toContain('[[3,0]]')
})

test('the reasoning recipe shows no test input', () => {
  const [, user] = reasoningRecipe.renderMessages(task, null)
  expect(user?.content).not.toContain('[[3,0]]')
})

describe('the reasoning recipe takes', () => {
  const outcomeOf = (text: string, finishReason = 'stop') => reasoningRecipe.extractAnswer({ text, finishReason })
  test.each([
    ['an explanation', 'Each row is mirrored.', 'stop', 'answered'],
    ['an explanation that the limit cut', 'Each row is', 'length', 'truncated'],
    ['nothing', ' \n', 'stop', 'unparseable'],
    ['nothing but a draft', '<think>Each row</think>\n', 'stop', 'unparseable'],
    ['the message of an error', 'Error: 429 Too Many Requests', 'stop', 'unparseable'],
  ])('%s as what it is', (_, text, finishReason, outcome) => {
    expect(outcomeOf(text, finishReason).outcome).toBe(outcome)
  })

  test('the text after a draft', () => {
    expect(outcomeOf('<think>Hm.</think>\nEach row is mirrored.').reasoning).toBe('Each row is mirrored.')
  })
})

describe('the feedback of the code recipe', () => {
  const run = (change: Partial<ProgramVerdict> = {}): ProgramVerdict => ({
    verdict: 'wrong',
    pairs: [
      { verdict: 'wrong', cells_right: 1, cells: 2 },
      { verdict: 'correct', cells_right: 1, cells: 1 },
      { verdict: 'wrong', cells_right: 0, cells: 2 },
    ],
    outputs: [[[1], [7]], [[2]], [[8, 8]]],
    train_correct: false,
    test_correct: false,
    deterministic: null,
    printed: '',
    cpu_seconds: 0,
    wall_seconds: 0,
    ...change,
  })
  const program = 'def solve_task(grid):\n    return 1 / 0'
  const show = (change: Partial<ProgramVerdict> = {}, text = 'My answer.') =>
    showTry(text, program, run(change), task.train)
  const render = (...tries: ReturnType<typeof show>[]) => codeRecipe.renderFeedback?.(tries) ?? []

  test("follows the model's own answer", () => {
    const [answer, feedback] = render(show())
    expect(answer).toEqual({ role: 'assistant', content: 'My answer.' })
    expect(feedback?.role).toBe('user')
    expect(feedback?.content).toContain('It gave the right output for 1 of 2.')
  })

  test('names each cell that differs', () => {
    expect(render(show())[1]?.content).toContain(
      '## Train pair 1\n\nWrong. The size is right; 1 of 2 cells differ:\n- row 1, column 0: got 7, expected 0\n\nYour output, 2 rows × 1 column:\n[[1],\n [7]]',
    )
  })

  test('compares sizes where they differ', () => {
    const outputs = [[[1, 0]], [[2]], null]
    expect(render(show({ outputs }))[1]?.content).toContain(
      'Wrong. Your output has 1 row × 2 columns; 2 rows × 1 column are expected.',
    )
  })

  test('quotes an error with its line', () => {
    const error = { verdict: 'error', error_type: 'ZeroDivisionError', message: 'division by zero', line: 2 } as const
    const pairs = [{ ...error, cells_right: 0, cells: 2 }]
    expect(render(show({ pairs, outputs: [null] }))[1]?.content).toContain(
      'It raised ZeroDivisionError: division by zero in line 2 (`return 1 / 0`).',
    )
  })

  test('quotes what the program printed, without letting a fence in it end the block', () => {
    expect(render(show({ printed: '```\nx = 3' }))[1]?.content).toContain('## What it printed\n\n    ```\n    x = 3')
  })

  test('says nothing about test pairs', () => {
    const [, feedback] = render(show())
    expect(feedback?.content).not.toContain('8,8')
    expect(feedback?.content).not.toContain('Train pair 3')
  })

  test('asks for a whole program once, at the end', () => {
    const messages = render(show(), show())
    expect(messages.filter(({ content }) => content.includes('Then write the whole program again'))).toEqual([
      messages.at(-1),
    ])
  })

  test('puts the best try last', () => {
    const better = [
      { verdict: 'correct', cells_right: 2, cells: 2 },
      { verdict: 'correct', cells_right: 1, cells: 1 },
    ] as const
    const tries = [show({ pairs: better }, 'better'), show({}, 'worse'), show({}, 'as bad, later')]
    expect(rankTries(tries).map(({ text }) => text)).toEqual(['worse', 'as bad, later', 'better'])
  })

  test('is never longer than a budget assumes', () => {
    const grid = (symbol: number) => Array.from({ length: 30 }, () => Array.from({ length: 30 }, () => symbol))
    const train = Array.from({ length: 10 }, () => ({ input: [[0]], output: grid(1) }))
    const pairs = train.map(() => ({ verdict: 'wrong' as const, cells_right: 0, cells: 900 }))
    const text = showTry(
      '',
      program,
      run({ pairs, outputs: train.map(() => grid(2)), printed: '😀'.repeat(2_000) }),
      train,
    )
    const [, feedback] = codeRecipe.renderFeedback?.([text]) ?? []
    expect(new TextEncoder().encode(feedback?.content).length).toBeLessThan(maxFeedbackBytes(10))
  })
})
