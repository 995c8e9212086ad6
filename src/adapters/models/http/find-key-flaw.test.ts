import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { findKeyFlaw } from './find-key-flaw.ts'

describe('findKeyFlaw', () => {
  test.each(['sk-or-v1-0123456789abcdef', 'none', 'AIza_x-y.z', 'a"b'])('accepts %s', (key) =>
    expect(findKeyFlaw(key)).toBeUndefined(),
  )

  test.each([
    ['“sk-abcdefgh”', /typographic quotation mark “ \(U\+201C\) at its start/],
    ['sk-abcdefgh”', /typographic quotation mark ” \(U\+201D\) at its end/],
    ['‘sk-abcdefgh', /typographic/],
    ['"sk-abcdefgh"', /quotation mark at its start/],
    ["sk-abcdefgh'", /quotation mark at its end/],
    ['sk-abc\ndefgh', /line break after 6 characters/],
    ['sk-abc\r\ndefgh', /line break/],
    ['sk-abc defgh', /space after 6 characters/],
    ['sk-abc\u200Bdefgh', /U\+200B/],
    ['sk-abc–defgh', /U\+2013/],
    ['sk-abc\x07defgh', /U\+0007/],
    ['sk-абвгд', /U\+0430/],
    ['Bearer sk-abcdefgh', /Bearer/],
  ])('says what is wrong with %j', (key, words) => expect(findKeyFlaw(key)).toMatch(words))

  test('accepts nothing that HTTP would refuse to send', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1 }), (key) => {
        if (findKeyFlaw(key) === undefined) expect(new Headers({ authorization: key }).get('authorization')).toBe(key)
      }),
    ))
})
