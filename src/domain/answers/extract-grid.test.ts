import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { gridEncodings, renderGrid } from '../grids/render-grid.ts'
import { extractGrid } from './extract-grid.ts'

const read = (text: string, finishReason = 'stop') => extractGrid({ text, finishReason })
const fence = (text: string, language = '') => `So it is:\n\`\`\`${language}\n${text}\n\`\`\``
const answer = [
  [1, 2],
  [3, 4],
]

describe('extractGrid finds', () => {
  test.each([
    ['rows of JSON', fence('[[1,2],\n [3,4]]')],
    ['JSON on one line, named as such', fence('[[1, 2], [3, 4]]', 'json')],
    ['JSON with extra commas', fence('[[1,2,],[3,4],]')],
    ['spaced digits', fence('1 2\n3 4')],
    ['digits between commas', fence('1, 2\n3, 4')],
    ['digits between bars', fence('| 1 | 2 |\n| 3 | 4 |')],
    ['digits without spaces', fence('12\n34')],
    ['one list per row', fence('[1, 2]\n[3, 4]')],
    ['a list assigned to a name', fence('output = [[1, 2], [3, 4]]', 'python')],
    ['an array', fence('np.array([[1, 2],\n          [3, 4]])', 'python')],
    ['a field of an object', fence('{"output": [[1, 2], [3, 4]]}', 'json')],
    ['whole floats', fence('[[1.0, 2.], [3, 4]]')],
    ['Windows line endings', fence('1 2\r\n3 4')],
    ['a fence of tildes', 'It is\n~~~\n1 2\n3 4\n~~~'],
    ['an unclosed fence', 'It is\n```\n1 2\n3 4'],
    ['a list in prose', 'The output is [[1, 2], [3, 4]], as the rule says.'],
    ['a list over many lines', 'The output is\n[\n  [1, 2],\n  [3, 4]\n]\nThat is all.'],
    ['digits in prose', 'The output is:\n\n1 2\n3 4\n\nThat is all.'],
    ['what follows an inline draft', `<think>${fence('9 9\n9 9')}</think>\n1 2\n3 4`],
    ['a list glued to the end of thinking', '<think>x</think>[[1,2],[3,4]]'],
    ['digits glued to the end of thinking', '<think>x</think>1 2\n3 4'],
    ['digits in tags', '<answer>1 2\n3 4</answer>'],
    ['digits in a box of GLM', '<|begin_of_box|>1 2\n3 4<|end_of_box|>'],
    ['digits followed by a token of the template', '1 2\n3 4<|im_end|>'],
    ['a block with a token after its fence', '```\n1 2\n3 4\n```<|eot_id|>'],
    ['a block with words after its fence', '```\n1 2\n3 4\n``` So it is.'],
    ['a block with its fence glued on', '```\n1 2\n3 4```\nSo it is.'],
    ['a Markdown table', 'So:\n\n| 1 | 2 |\n|---|:-:|\n| 3 | 4 |\n\nDone.'],
    ['a Markdown table in a block', fence('| 1 | 2 |\n| --- | --- |\n| 3 | 4 |')],
    ['a table with borders', '+---+---+\n| 1 | 2 |\n+---+---+\n| 3 | 4 |\n+---+---+'],
    ['quoted digits', 'So:\n> 1 2\n> 3 4\nDone.'],
    ['a quoted block', '> ```\n> 1 2\n> 3 4\n> ```'],
    ['indented digits', 'So:\n\n    1 2\n    3 4'],
    ['the first of two attempts', fence('{"attempt_1": [[1, 2], [3, 4]], "attempt_2": [[9, 9], [9, 9]]}', 'json')],
    ['the first of two attempts in prose', 'So: {"attempt_1": [[1, 2], [3, 4]], "attempt_2": [[9, 9], [9, 9]]}.'],
    ['the first of two attempts in a list', fence('[{"attempt_1": [[1, 2], [3, 4]], "attempt_2": [[9, 9], [9, 9]]}]')],
    ['the first of three guesses', 'guess1 = [[1, 2], [3, 4]]\nguess2 = [[9, 9], [9, 9]]\nguess3 = [[8, 8], [8, 8]]'],
    ['an output before its input', fence('{"output": [[1, 2], [3, 4]], "input": [[9, 9], [9, 9]]}', 'json')],
    ['an output beside words', fence('{"rule": "mirror", "output": [[1, 2], [3, 4]]}', 'json')],
    ['an answer in another language', 'La grille de sortie est :\n```\n1 2\n3 4\n```'],
  ])('%s', (_, text) => expect(read(text)).toMatchObject({ outcome: 'answered', grid: answer }))

  test.each([
    ['the last of two blocks', `${fence('9 9\n9 9')}\nNo: ${fence('1 2\n3 4')}`],
    ['a block, whatever list follows in prose', `${fence('1 2\n3 4')}\nThe input was [[9, 9]].`],
    ['a block before one that is a program', `${fence('1 2\n3 4')}\n${fence('def solve(g):\n    return g', 'python')}`],
    ['the last list in prose', 'From [[9, 9], [9, 9]] it becomes [[1, 2], [3, 4]].'],
    ['the last digits in prose', '9 9\n9 9\n\nbecomes\n\n1 2\n3 4'],
    ['a list, whatever digits surround it', '9 9\n\n[[1, 2], [3, 4]]\n\n9 9'],
  ])('%s', (_, text) => expect(read(text).grid).toEqual(answer))

  test('a single cell, and the largest grid', () => {
    expect(read(fence('7')).grid).toEqual([[7]])
    const largest = Array.from({ length: 30 }, () => Array.from({ length: 30 }, () => 5))
    expect(read(fence(renderGrid(largest, 'digits'))).grid).toEqual(largest)
  })

  test('every grid, in every encoding that a prompt may ask for', () => {
    const grids = fc
      .tuple(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 30 }))
      .chain(([height, width]) => {
        const row = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: width, maxLength: width })
        return fc.array(row, { minLength: height, maxLength: height })
      })
    fc.assert(
      fc.property(grids, fc.constantFrom(...gridEncodings), (grid, encoding) => {
        expect(read(fence(renderGrid(grid, encoding))).grid).toEqual(grid)
      }),
      { numRuns: 50 },
    )
  })

  test('and keeps the text around it as the reasoning', () => {
    expect(read('They are mirrored.\n```\n1 2\n3 4\n```\nDone.').reasoning).toBe('They are mirrored.\n\nDone.')
    expect(read('First.\nThe output is\n[[1,2],\n[3,4]]\nLast.').reasoning).toBe('First.\nThe output is\n\nLast.')
  })
})

describe('extractGrid finds no grid in', () => {
  test.each([
    ['nothing', ''],
    ['prose', 'I cannot tell.'],
    ['a program without a grid', fence('def solve_task(grid):\n    return grid', 'python')],
    ['31 columns', fence(`[[${Array(31).fill(0).join(',')}]]`)],
    ['31 rows', fence(Array(31).fill('0 0').join('\n'))],
    ['ragged rows', fence('[[1,2],[3]]')],
    ['ragged digits', fence('1 2 3\n4 5')],
    ['a negative cell', fence('[[1,-2],[3,4]]')],
    ['a cell above 9', fence('1 10\n3 4')],
    ['booleans', fence('[[True, False], [True, True]]')],
    ['fractions', fence('[[0.5, 1], [2, 3]]')],
    ['NaN', fence('[[NaN, 1], [2, 3]]')],
    ['letters', fence('[["a", "b"], ["c", "d"]]')],
    ['empty rows', fence('[[], []]')],
    ['a bad grid after a good one', `${fence('1 2\n3 4')}\nNo: ${fence('1 2\n3')}`],
    ['a draft that never ends', '<think>\n1 2\n3 4'],
  ])('%s', (_, text) => expect(read(text)).not.toHaveProperty('grid'))

  test.each([
    ['length', 'truncated'],
    ['content_filter', 'refused'],
  ])('an answer that ended with %s', (finishReason, outcome) => {
    expect(read(fence('1 2\n3 4'), finishReason)).toMatchObject({ outcome })
    expect(read(fence('1 2\n3 4'), finishReason)).not.toHaveProperty('grid')
  })

  test('any text is read quickly, whatever it holds', () => {
    for (const part of [
      '[[',
      '[ ',
      '[[1,',
      ' ',
      '1 ',
      '```\n',
      '[[1],',
      ']',
      '|',
      '[[]',
      '1 2\n',
      '|-',
      '> 1',
      '[{"attempt_1": [[',
      '=[[1] ',
    ]) {
      expect(read(part.repeat(200_000)).outcome).toBe('unparseable')
    }
  })
})
