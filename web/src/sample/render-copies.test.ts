import { expect, test } from '@jest/globals'
import { buildSample } from '../../../test/support/build-sample.ts'
import { renderPrompt, renderSampleJson, renderSampleNumpy } from './render-copies.ts'

const sample = buildSample()

test('JSON holds the pairs with the outputs given, and the expected ones where they are known', () => {
  expect(JSON.parse(renderSampleJson(sample, undefined))).toEqual({
    run: 'bench',
    item: 'task-0',
    sample: 1,
    train: [{ input: [[1, 2]], output: [[2, 1]], got: [[2, 1]] }],
    test: [{ input: [[3, 4]], output: null, got: [[3, 4]] }],
  })
  expect(JSON.parse(renderSampleJson(sample, [[[4, 3]]]))).toMatchObject({ test: [{ output: [[4, 3]] }] })
})

test('NumPy holds the same', () =>
  expect(renderSampleNumpy(sample, undefined)).toBe(`import numpy as np

# run bench, item task-0, sample 1
train = [
    {"input": np.array([[1,2]]),
     "output": np.array([[2,1]]),
     "got": np.array([[2,1]])},
]
test = [
    {"input": np.array([[3,4]]),
     "output": None,
     "got": np.array([[3,4]])},
]
`))

test('the prompt is copied as it was sent, each message under its role', () =>
  expect(
    renderPrompt([
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'Solve it.' },
    ]),
  ).toBe('# system\n\nBe brief.\n\n# user\n\nSolve it.\n'))
