import { describe, expect, test } from '@jest/globals'
import { readKey } from './keys.ts'

const none = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false }

describe('readKey', () => {
  test.each([
    ['5', {}, { type: 'choose-symbol', symbol: 5 }],
    ['F', {}, { type: 'choose-tool', tool: 'fill' }],
    ['ArrowUp', {}, { type: 'move-cursor', rows: -1, columns: 0, extend: false }],
    ['ArrowRight', { shiftKey: true }, { type: 'move-cursor', rows: 0, columns: 1, extend: true }],
    ['z', { ctrlKey: true }, { type: 'undo' }],
    ['z', { metaKey: true }, { type: 'undo' }],
    ['Z', { ctrlKey: true, shiftKey: true }, { type: 'redo' }],
    ['y', { ctrlKey: true }, { type: 'redo' }],
    ['Delete', {}, { type: 'blank' }],
    ['Escape', {}, { type: 'escape' }],
  ])('%s with %j', (key, held, action) => expect(readKey({ key, ...none, ...held })).toEqual(action))

  test.each([
    ['n', {}],
    ['d', { ctrlKey: true }],
    ['ArrowLeft', { altKey: true }],
    ['5', { altKey: true }],
    ['c', { ctrlKey: true }],
    ['Tab', {}],
  ])('leaves %s with %j to others', (key, held) => expect(readKey({ key, ...none, ...held })).toBeUndefined())
})
