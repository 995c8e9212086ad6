import { describe, expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import { entryPrograms } from '../../../test/support/entry-programs.ts'
import type { Reply } from '../recipes/recipe.ts'
import { extractProgram } from './extract-program.ts'

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
    ['after a block that was never closed', `\`\`\`\nsome grid\n${fenced(program)}`],
    ['when the model forgot the closing fence', `\`\`\`python\n${program}`],
    ['without any fence', program],
    [
      'without any fence, with prose around it',
      `The rule is that nothing changes.\n\n${program}\n\nThat is all there is.`,
    ],
    ['when only the text after it was cut', `${fenced(program)}\nThis progr`, 'length'],
    ['after a draft in an inline thought', `<think>${fenced(other)}</think>\n${fenced(program)}`],
    ['glued to the end of the thinking', `<think>x</think>${fenced(program)}`],
    ['bare, glued to the end of the thinking', `<think>x</think>${program}`],
    ['after a draft in <thinking>', `<thinking>\n${fenced(other)}\n</thinking>\n${fenced(program)}`],
    ['before words about the tag', `<think>x</think>\n${fenced(program)}\nThat is what came after </think> here.`],
    ['before words about the tag, without any thinking', `${fenced(program)}\nI wrote it after \`</think>\`.`],
    ['with a token of the template after its fence', `\`\`\`python\n${program}\n\`\`\`<|im_end|>`],
    ['with words after its fence', `\`\`\`python\n${program}\n\`\`\` This works.\nSo it is.`],
    ['with a fence glued to its last line', `\`\`\`python\n${program}\`\`\`\nThis works.`],
    ['with a fence glued to its last line, and words', `\`\`\`python\n${program}\`\`\` This works.`],
    ['in an unclosed block that a token of the template ends', `\`\`\`python\n${program}\n<|eot_id|>`],
    ['in an unclosed block with such a token glued to it', `\`\`\`python\n${program}</s>`],
    ['in an unclosed block followed by prose', `\`\`\`python\n${program}\n\nThis mirrors it.`],
    ['in an unclosed block before another language', `\`\`\`python\n${program}\n\`\`\`json\n[[1]]\n\`\`\``],
    ['after the word python on its line', `\`\`\`python ${program}\n\`\`\``],
    ['right after the fence', `\`\`\`${program}\n\`\`\``],
    ['in a block of tool_code', fenced(program, 'tool_code')],
    ['in tags', `<answer>\n${program}\n</answer>`],
    ['in a block inside tags', `<answer>${fenced(program)}</answer>`],
    ['in a quoted block', `So:\n${fenced(program).replaceAll(/^/gm, '> ')}\nDone.`],
    ['quoted without a fence', `So:\n${program.replaceAll(/^/gm, '> ')}\nDone.`],
    ['in a block that is only indented', `So:\n\n${program.replaceAll(/^/gm, '    ')}\n\nDone.`],
    ['in a block wrapped in another', `\`\`\`\`markdown\nSo:\n${fenced(program)}\n\`\`\`\``],
    ['after a byte order mark', `\`\`\`python\n\uFEFF${program}\n\`\`\``],
    ['indented with non-breaking spaces', fenced(program.replace('    ', '\u00A0\u00A0\u00A0\u00A0'))],
    [
      'by gpt-oss',
      `<|channel|>analysis<|message|>${fenced(other)}<|end|><|start|>assistant<|channel|>final<|message|>${fenced(program)}<|return|>`,
    ],
    [
      'before a dialogue that the model makes up',
      `${fenced(program)}<|im_end|>\n<|im_start|>user\nAgain.<|im_end|>\n<|im_start|>assistant\n${fenced(other)}`,
    ],
  ])('is found %s', (_, text, finishReason = 'stop') => {
    expect(extract(text, { finishReason })).toMatchObject({ outcome: 'answered', program })
  })

  test.each([
    ['solve', 'def solve(grid):\n    return grid'],
    ['transform', 'def transform(grid: list) -> list:\n    return grid'],
    ['a lambda', 'solve_task = lambda grid: grid'],
    ['an annotated name', 'solve_task: Callable = identity'],
    ['async def, which the sandbox then judges', 'async def solve_task(grid):\n    return grid'],
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

  test('is the one before when the token limit cut the last', () => {
    const text = `${fenced(program)}\nBetter:\n\`\`\`python\ndef solve_task(grid):\n    ret`
    expect(extract(text, { finishReason: 'length' })).toMatchObject({ outcome: 'answered', program })
  })
})

describe('the reasoning', () => {
  test('is the text around the program, without the provider’s own reasoning', () => {
    const reply = extract(`Before.\n\n${fenced(program)}\n\nAfter.`, { reasoning: 'thoughts' })
    expect(reply.reasoning).toBe('Before.\n\nAfter.')
  })

  test('is the whole text when there is no program', () => {
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
      'a method with that name',
      fenced('class Solver:\n    def solve(self, grid):\n        return grid'),
      {},
      'unparseable',
    ],
    ['a comparison with that name', fenced('solve == 1'), {}, 'unparseable'],
    ['a block that the limit cut', `\`\`\`python\n${program}`, { finishReason: 'length' }, 'truncated'],
    ['bare code that the limit cut', program, { finishReason: 'length' }, 'truncated'],
    ['a draft in a thought that the limit cut', `<think>\n${fenced(program)}`, { finishReason: 'length' }, 'truncated'],
    ['words that the limit cut', 'First, I', { finishReason: 'length' }, 'truncated'],
    ['a program that Gemini’s limit cut', `\`\`\`python\n${program}`, { finishReason: 'MAX_TOKENS' }, 'truncated'],
    ['a program that Anthropic’s limit cut', `\`\`\`python\n${program}`, { finishReason: 'max_tokens' }, 'truncated'],
    ['a program that Mistral’s limit cut', `\`\`\`python\n${program}`, { finishReason: 'model_length' }, 'truncated'],
    ['an answer that Gemini withholds', '', { finishReason: 'SAFETY' }, 'refused'],
    ['a draft before the end of thinking', `${fenced(program)}\n</think>\nI give up.`, {}, 'unparseable'],
    ['only a draft in <reasoning>', `<reasoning>${fenced(program)}</reasoning>`, {}, 'unparseable'],
    ['thinking that never ends', `<think>\n${fenced(program)}\nHm.`, {}, 'unparseable'],
    [
      'a method, indented as prose is',
      'class A:\n\n    def solve(self, grid):\n        return grid',
      {},
      'unparseable',
    ],
  ])('%s', (_, text, reply, outcome) => {
    const extraction = extract(text, reply)
    expect(extraction.outcome).toBe(outcome)
    expect(extraction).not.toHaveProperty('program')
  })
})

describe("the outcome's message", () => {
  test.each<[string, Partial<Reply>, string, string | undefined]>([
    ['for no content at all', {}, '', 'the content was empty'],
    [
      'for an answer that is entirely in the reasoning field',
      { reasoning: fenced(program) },
      '',
      'the content was empty; all that came is in the reasoning field (63 characters)',
    ],
    [
      'for thinking that never ends',
      {},
      '<think>Hm',
      'the thinking in the content never ended, so there is no answer after it',
    ],
    [
      'for nothing but thinking',
      {},
      '<think>Hm</think>',
      'the content holds no answer; there is thinking in it, and no answer after that',
    ],
    ['for prose: none', {}, 'I see no rule.', undefined],
  ])('%s', (_, reply, text, problem) => expect(extract(text, reply).problem).toBe(problem))
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

  test('has an outcome, and a program exactly when it is answered', () => {
    fc.assert(
      fc.property(text, fc.constantFrom('stop', 'length', 'content_filter'), (text, finishReason) => {
        const { outcome, program } = extractProgram({ text, finishReason })
        expect(['answered', 'refused', 'truncated', 'unparseable']).toContain(outcome)
        expect(program !== undefined).toBe(outcome === 'answered')
      }),
    )
  })

  test('returns a program in a fenced block at its end', () => {
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
    ['a million backticks', '`'.repeat(1_000_000)],
    ['fences of growing length', Array.from({ length: 1_500 }, (_, length) => '`'.repeat(length)).join('\n')],
    ['endless openings of thinking', '<think>'.repeat(300_000)],
    ['endless thinking', '<think>x</think>'.repeat(100_000)],
    ['endless closings', '</think> a '.repeat(200_000)],
    ['endless tokens between quotes', '```\n"' + '<|x|>'.repeat(200_000) + '"\n```'],
    ['endless tokens before quotes', '"<|im_end|>" '.repeat(150_000)],
    ['endless wrappers', '<code>'.repeat(300_000) + 'x'],
    ['endless indentation', `${' '.repeat(1_000_000)}def solve(x):`],
    ['an endless line that looks like an assignment', `solve${'[a]:'.repeat(400_000)}`],
    ['endless quotation', '> '.repeat(500_000)],
    ['endless quoted fences', '> ```\n'.repeat(200_000)],
    ['endless glued fences', '```\n' + `x"\`\`\`'`.repeat(200_000)],
    ['endless spaces behind a fence', '```\n```' + ' '.repeat(1_000_000) + 'x'],
    ['endless channels', '<|start|>assistant<|channel|>analysis'.repeat(60_000)],
    ['half a tag, repeated', '<think '.repeat(200_000)],
  ])('is read in one pass: %s', (_, text) => {
    expect(extract(text).outcome).toMatch(/answered|unparseable/)
    expect(extract(`<think>${text}`).outcome).toMatch(/answered|unparseable/)
  })
})

test.each([
  ['an assignment', `a${',a'.repeat(8_000_000)}`],
  ['wrapping tags', '<answer>'.repeat(8_000_000)],
])('an endless line of %s does not overflow the stack', (_, line) => {
  expect(extract(`${line}\n${program}`).program).toBe(program)
})

describe('the rule by which the sandbox picks a function', () => {
  test.each(entryPrograms)('holds in a block: %s', (_, code, called) => {
    const { outcome, program } = extract(`Here it is.\n${fenced(code)}\nIt works.`)
    expect([outcome, program?.trim()]).toEqual(
      called === undefined ? ['unparseable', undefined] : ['answered', code.trim()],
    )
  })

  test.each(entryPrograms)('holds without a fence: %s', (_, code, called) => {
    const { outcome } = extract(`Here it is.\n\n${code}\n\nIt works.`)
    // Unfenced code ends with the first line that is not code, and strings may contain such lines.
    expect(outcome).toBe(called === undefined ? 'unparseable' : 'answered')
  })

  test('prefers a name that was asked for in an earlier block, and a usual name to an only function', () => {
    const only = fenced('def rule(grid):\n    return grid')
    const usual = fenced('def main(grid):\n    return grid')
    expect(extract(`${fenced(program)}\nIts helper:\n${usual}\n${only}`).program).toBe(program)
    expect(extract(`${usual}\n${only}`).program).toContain('def main')
  })

  test('takes the last of several blocks with an only function', () => {
    const rule = (symbol: number) => `def rule(grid):\n    return [[${symbol}]]`
    expect(extract(`${fenced(rule(1))}\nNo:\n${fenced(rule(2))}`).program).toBe(rule(2))
  })

  test('does not take a sketch for the program that the token limit cut', () => {
    const sketch = fenced('def helper(grid):\n    return grid')
    expect(extract(`${sketch}\nNow all of it:\n\`\`\`python\nimport numpy`, { finishReason: 'length' }).outcome).toBe(
      'truncated',
    )
    expect(extract(`${sketch}\nThat is all there is to`, { finishReason: 'length' }).outcome).toBe('answered')
  })

  test('does not take prose for a program', () => {
    expect(extract('The function def main(grid) returns it.\nmain = the idea').outcome).toBe('unparseable')
    expect(extract('I would define a function that mirrors the grid.').outcome).toBe('unparseable')
  })
})
