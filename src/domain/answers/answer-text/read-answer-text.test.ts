import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { readAnswerText } from './read-answer-text.ts'

const answerOf = (text: string) => readAnswerText(text).lines.join('\n').trim()
const harmony = (analysis: string, final: string) =>
  `<|channel|>analysis<|message|>${analysis}<|end|><|start|>assistant<|channel|>final<|message|>${final}<|return|>`

describe('the answer is what follows the thinking of', () => {
  test.each([
    ['DeepSeek, Qwen, GLM', '<think>\ndraft\n</think>\n\nANSWER'],
    ['a server that glues the answer to it', '<think>draft</think>ANSWER'],
    ['a template that opens the tag itself', 'draft\n</think>\n\nANSWER'],
    ['a template that opens the tag itself, with the answer glued to it', 'draft</think>ANSWER'],
    ['Qwen told not to think', '<think>\n\n</think>\n\nANSWER'],
    ['Claude', '<thinking>draft</thinking>ANSWER'],
    ['Claude, by its old tag', '<antThinking>draft</antThinking>ANSWER'],
    ['Gemini, EXAONE', '<thought>\ndraft\n</thought>ANSWER'],
    ['prompts that use this tag', '<reasoning>draft</reasoning>\n<answer>ANSWER</answer>'],
    ['a tag in capitals with an attribute', '<THINK type="long">draft</THINK>ANSWER'],
    ['Mistral', '[THINK]draft[/THINK]ANSWER'],
    ['Kimi', '◁think▷draft◁/think▷ANSWER'],
    ['Seed', '<seed:think>draft</seed:think>ANSWER<seed:eos>'.replace('<seed:eos>', '')],
    ['Cohere', '<|START_THINKING|>draft<|END_THINKING|><|START_RESPONSE|>ANSWER<|END_RESPONSE|>'],
    ['Gemma 4', '<|channel>thought\ndraft<channel|>ANSWER<turn|>'],
    ['OpenThinker', '<|begin_of_thought|>draft<|end_of_thought|><|begin_of_solution|>ANSWER<|end_of_solution|>'],
    ['gpt-oss', harmony('draft', 'ANSWER')],
    [
      'gpt-oss with a preamble',
      `<|channel|>analysis<|message|>draft<|end|><|start|>assistant<|channel|>commentary<|message|>draft<|end|><|start|>assistant<|channel|>final <|constrain|>json<|message|>ANSWER<|return|>`,
    ],
    ['gpt-oss without its tokens', 'analysisWe draft this. assistantfinalANSWER'],
    ['gpt-oss that only answers', '<|channel|>final<|message|>ANSWER<|return|>'],
    ['a model that writes text before it', 'Let me think.\n<think>draft</think>ANSWER'],
    ['two parts, with a draft between them', '<think>draft</think>draft\n<think>draft</think>ANSWER'],
    ['a tag closed by another name', '<think>draft</thinking>ANSWER'],
    ['a draft that mentions the tag', '<think>I end with `</think>` soon. draft</think>ANSWER'],
    ['a draft with an unclosed fence', "<think>\n```python\nx = 'draft'</think>\nANSWER"],
    ['a draft that mentions other tags', '<think>the <reasoning>draft</reasoning> draft</think>ANSWER'],
  ])('%s', (_, text) => {
    expect(answerOf(text)).toBe('ANSWER')
    expect(readAnswerText(text).unfinished).toBe(false)
  })
})

describe('the answer is without the template of', () => {
  test.each([
    ['Qwen', '<|im_start|>assistant\nANSWER<|im_end|>'],
    ['Llama', '<|start_header_id|>assistant<|end_header_id|>\n\nANSWER<|eot_id|>'],
    ['Mistral', '[/INST] ANSWER</s>'],
    ['Gemma 3', '<start_of_turn>model\nANSWER<end_of_turn>\n'],
    ['DeepSeek', '<｜Assistant｜>ANSWER<｜end▁of▁sentence｜>'],
    ['GLM', '<|assistant|>\n<|begin_of_box|>ANSWER<|end_of_box|><|user|>'],
    ['any other model', 'ANSWER<|whatever_9|>'],
    [
      'a model that makes up the next question',
      'ANSWER<|im_end|>\n<|im_start|>user\nNow another.<|im_end|>\n<|im_start|>assistant\nOther.',
    ],
    ['a model that goes on thinking after its turn', 'ANSWER<|im_end|><|im_start|>assistant\n<think>more'],
    ['wrapping tags', '<response>\n<answer>ANSWER</answer>\n</response>'],
    ['an opening tag with nothing after it', 'ANSWER\n<think>\n'],
    ['a byte order mark', '\uFEFFANSWER'],
  ])('%s', (_, text) => expect(answerOf(text)).toBe('ANSWER'))
})

test.each([
  ['a tag', '<think>\nANSWER'],
  ['a tag after text', 'ANSWER\n<thinking>\nNo, wait'],
  ['a channel', '<|channel|>analysis<|message|>ANSWER'],
  ['a channel without its tokens', 'analysisWe have ANSWER'],
  ['a bracket', '[THINK]ANSWER'],
])('thinking that never ends leaves no answer: %s', (_, text) => {
  expect(readAnswerText(text)).toEqual({ draft: text, lines: [], unfinished: true })
})

describe('a token that is only mentioned stays', () => {
  test.each([
    ['in backticks', 'ANSWER. I end with `</think>` as told.'],
    ['in quotes', 'ANSWER without "<think>".'],
    ['in a sentence', 'ANSWER. What I wrote before </think> was a draft.'],
    ['at the end of a sentence', 'ANSWER, as I said before </think>.'],
    ['in a string of a program', "```python\nx = text.split('</think>')[-1]\ny = '<|im_end|>'\n```"],
    ['in a pattern of a program', '```python\nre.sub(r"<think>.*?</think>", "", x)\n```'],
    ['in a comment of a program', '```python\nx = 1  # after </think> comes the answer\n```'],
  ])('%s', (_, text) => expect(answerOf(text)).toBe(text))

  test('after the thinking has ended', () => {
    expect(answerOf('<think>x</think>ANSWER\n</think>\nI closed </think> above')).toBe(
      'ANSWER\n</think>\nI closed </think> above',
    )
  })
})

test('draft and answer together hold every word, whatever a model writes', () => {
  const piece = fc.constantFrom(
    'word ',
    '\n',
    '<think>',
    '</think>',
    '[THINK]',
    '[/THINK]',
    '```',
    '"',
    '<|im_end|>',
    '<answer>',
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
      const text = pieces.join('')
      const turn = text.indexOf('<|im_end|>')
      const { draft, lines, unfinished } = readAnswerText(text)
      expect(text.startsWith(draft)).toBe(true)
      expect(unfinished && lines.length > 0).toBe(false)
      const words = (part: string) => part.split('word').length - 1
      if (turn < 0) expect(words(draft) + words(lines.join('\n'))).toBe(words(text))
    }),
  )
})
