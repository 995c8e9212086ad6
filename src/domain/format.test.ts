import { expect, test } from '@jest/globals'
import { listSome, nameTask, renderCost, renderDuration, renderP, renderScore } from './format.ts'

test('a score has its interval beside it', () => {
  expect(renderScore({ value: 0.33, low: 0.2861, high: 0.3777 })).toBe('33.0 % (28.6 to 37.8)')
})

test.each([
  [0.0123, '0.012'],
  [0.00012, '1.2e-4'],
])('a p-value of %d reads %s', (p, text) => expect(renderP(p)).toBe(text))

test.each([
  [0, '$0.00'],
  [0.00123, '$0.00123'],
  [12.345, '$12.35'],
  [null, 'unknown (a request was answered whose price is not known)'],
])('a cost of %p reads %s', (cost, text) => expect(renderCost(cost)).toBe(text))

test.each([
  [4.26, '4.3 s'],
  [42.4, '42 s'],
  [185, '3 min 5 s'],
  [7_830, '2 h 10 min'],
])('%d seconds read %s', (seconds, text) => expect(renderDuration(seconds)).toBe(text))

test('a task has its version where that is not 0', () => {
  expect(nameTask({ task_id: 'a', version: 0 })).toBe('a')
  expect(nameTask({ task_id: 'a', version: 2 })).toBe('a (version 2)')
})

test('a long list ends with how many more there are', () => {
  expect(listSome(['a', 'b'], 2)).toBe('a, b')
  expect(listSome(['a', 'b', 'c', 'd'], 2)).toBe('a, b and 2 more')
})
