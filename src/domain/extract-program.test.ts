import { describe, expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import { extractProgram } from './extract-program.ts'
import type { Reply } from './recipes/recipe.ts'

const program = 'def solve_task(input_grid):\n    return input_grid'
const other = 'def solve_task(input_grid):\n    return input_grid[::-1]'
const fenced = (code: string, language = 'python') => `\`\`\`${language}\n${code}\n\`\`\``
const extract = (text: string, reply: Partial<Reply> = {}) => extractProgram({ text, finishReason: 'stop', ...reply })
const indented = (text: string) => text.replaceAll(/^/gm, '   ')

describe('the program', () => {
  test.each([
    ['in a fenced block', `It stays.\n${fenced(program)}`],
    ['with prose after it', `${fenced(program)}\nThis gives the input back.\n`],
    ['in a block without a language', fenced(program, '')],
    ['in a block tagged Python3', fenced(program, 'Python3')],
    ['in a block tagged {python}', fenced(program, '{python}')],
    ['between tildes', `~~~python\n${program}\n~~~`],
    ['in an indented block', `1. Do this:\n${indented(fenced(program))}`],
    ['in a block that opens after words on its line', `Here it is: ${fenced(program)}`],
    ['with Windows line ends', fenced(program).replaceAll('\n', '\r\n')],
    ['with helpers in another block after it', `${fenced(program)}\n${fenced('def helper():\n    pass')}`],
    ['with an example call after it', `${fenced(program)}\n${fenced('print(solve_task([[1]]))')}`],
    ['with another language after it', `${fenced(program)}\n${fenced('transform = (grid) => grid', 'js')}`],
    ['when a block before it was never closed', `\`\`\`\nsome grid\n${fenced(program)}`],
    ['when the model forgot the closing fence', `\`\`\`python\n${program}`],
    ['without any fence', program],
    ['without any fence, prose around it', `The rule is that nothing changes.\n\n${program}\n\nThat is all there is.`],
    ['when only what follows it was cut', `${fenced(program)}\nThis progr`, 'length'],
    ['after a draft in an inline thought', `<think>${fenced(other)}</think>\n${fenced(program)}`],
  ])('is found %s', (_, text, finishReason = 'stop') => {
    expect(extract(text, { finishReason })).toMatchObject({ outcome: 'answered', program })
  })

  test.each([
    ['solve', 'def solve(grid):\n    return grid'],
    ['transform', 'def transform(grid: list) -> list:\n    return grid'],
    ['a lambda', 'solve_task = lambda grid: grid'],
    ['an annotated name', 'solve_task: Callable = identity'],
    ['async def, whose verdict is the sandbox’s', 'async def solve_task(grid):\n    return grid'],
    ['helpers and imports before it', `import numpy as np\n\nSIZE = 3\n\ndef f(g):\n    return g\n\n${program}`],
    ['backticks in a string', `FENCE = "\`\`\`"\n${program}`],
    ['a fenced example in its docstring', `def solve(g):\n    """\n\`\`\`\n[[1]]\n\`\`\`\n    """\n    return g`],
  ])('may define %s', (_, code) => {
    expect(extract(`Words.\n${fenced(code)}\nMore words.`).program).toBe(code)
    expect(extract(`${fenced(other)}\nNo, better:\n${fenced(code)}`).program).toBe(code)
  })

  test('is the last of several', () => {
    expect(extract(`${fenced(other)}\nWait, no.\n${fenced(program)}`).program).toBe(program)
  })

  test('is the one before when the limit cut the last', () => {
    const text = `${fenced(program)}\nBetter:\n\`\`\`python\ndef solve_task(grid):\n    ret`
    expect(extract(text, { finishReason: 'length' })).toMatchObject({ outcome: 'answered', program })
  })
})

describe('the reasoning', () => {
  test('is the text around the program, without the provider’s own', () => {
    const reply = extract(`Before.\n\n${fenced(program)}\n\nAfter.`, { reasoning: 'thoughts' })
    expect(reply.reasoning).toBe('Before.\n\nAfter.')
  })

  test('is all of the text when there is no program', () => {
    expect(extract('I see no rule.\n').reasoning).toBe('I see no rule.')
  })
})

describe('the outcome without a program', () => {
  test.each<[string, string, Partial<Reply>, string]>([
    ['nothing, refused by the model', '', { refusal: 'I cannot help.' }, 'refused'],
    ['nothing, stopped by a filter', '', { finishReason: 'content_filter' }, 'refused'],
    ['half a program, stopped by a filter', '```python\ndef solve(g', { finishReason: 'content_filter' }, 'refused'],
    ['an apology', 'I am sorry, I cannot do that.', {}, 'unparseable'],
    ['an apology that the provider calls a refusal', 'I am sorry.', { refusal: 'I am sorry.' }, 'refused'],
    ['nothing', '', {}, 'unparseable'],
    [
      'a method of that name',
      fenced('class Solver:\n    def solve(self, grid):\n        return grid'),
      {},
      'unparseable',
    ],
    ['a comparison of that name', fenced('solve == 1'), {}, 'unparseable'],
    ['a block that the limit cut', `\`\`\`python\n${program}`, { finishReason: 'length' }, 'truncated'],
    ['bare code that the limit cut', program, { finishReason: 'length' }, 'truncated'],
    ['a draft in a thought that the limit cut', `<think>\n${fenced(program)}`, { finishReason: 'length' }, 'truncated'],
    ['words that the limit cut', 'First, I', { finishReason: 'length' }, 'truncated'],
  ])('%s', (_, text, reply, outcome) => {
    const extraction = extract(text, reply)
    expect(extraction.outcome).toBe(outcome)
    expect(extraction).not.toHaveProperty('program')
  })
})

describe('whatever a model writes', () => {
  const piece = fc.oneof(
    fc.string(),
    fc.constantFrom(
      '```',
      '```python',
      '~~~',
      '"""',
      "'''",
      program,
      '<think>',
      '</think>',
      'def solve(',
      '    ',
      '\r',
    ),
  )
  const text = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join('\n'))

  test('has an outcome, and a program exactly when answered', () => {
    fc.assert(
      fc.property(text, fc.constantFrom('stop', 'length', 'content_filter'), (text, finishReason) => {
        const { outcome, program } = extractProgram({ text, finishReason })
        expect(['answered', 'refused', 'truncated', 'unparseable']).toContain(outcome)
        expect(program !== undefined).toBe(outcome === 'answered')
      }),
    )
  })

  test('gives back a program that stands fenced at its end', () => {
    fc.assert(
      fc.property(fc.string(), (words) => {
        fc.pre(!/[`~]|think>|["']{3}/.test(words))
        expect(extract(`${words}\n${fenced(program)}`).program).toBe(program)
      }),
    )
  })

  test.each([
    ['one endless line of backticks', '`'.repeat(200_000) + 'a`'],
    ['endless fences', '```\n"""\n'.repeat(30_000)],
    ['endless openings', '```python\n'.repeat(60_000)],
    ['endless code', `${program}\n`.repeat(20_000)],
  ])('is read in one go: %s', (_, text) => {
    expect(extract(text).outcome).toMatch(/answered|unparseable/)
  })
})
