import { expect, test } from '@jest/globals'
import { chooseSampling } from './choose-sampling.ts'

const model = { defaults: { temperature: 0.7, maxTokens: 100 }, parameters: { top_p: 0.5, min_p: 0.1 } }

test('takes a model’s own settings where a person wishes nothing else', () => {
  expect(chooseSampling(model, {})).toEqual({ ...model.defaults, parameters: model.parameters })
  expect(chooseSampling(model, { maxTokens: 5, parameters: { top_p: 1 } })).toEqual({
    temperature: 0.7,
    maxTokens: 5,
    parameters: { top_p: 1, min_p: 0.1 },
  })
})

test('leaves out what nobody set', () =>
  expect(chooseSampling({ defaults: {} }, { temperature: 0.5, parameters: {} })).toEqual({ temperature: 0.5 }))
