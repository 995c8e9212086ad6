import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { describeErrorBody } from './describe-error-body.ts'
import { looksLikeHtml, stripTags } from './strip-tags.ts'

describe('stripTags', () => {
  test.each([
    ['<html><h1>502 Bad Gateway</h1></html>', '502 Bad Gateway'],
    ['a < b', 'a'],
    ['<p>cut <a href="', 'cut'],
    ['no tags', 'no tags'],
  ])('reads %j as %j', (page, words) => expect(stripTags(page).trim()).toBe(words))

  test('leaves nothing between angle brackets, whatever the page', () =>
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('<', '>', 'a', ' ') }), (page) => {
        expect(stripTags(page)).not.toMatch(/<[^>]*>/)
      }),
    ))
})

test.each([
  ['<!DOCTYPE html>', true],
  ['\n <html lang="en">', true],
  ['<!-- a proxy -->', true],
  ['<p>Welcome', true],
  ['< 5 is too few', false],
  ['{"error": "<html>"}', false],
])('%j is a page: %s', (text, expected) => expect(looksLikeHtml(text)).toBe(expected))

describe('an error body', () => {
  // If the time were quadratic in the length, these would take hours.
  test.each(['<', '>', '< ', '<a', '<!--', '&', ' ', '\n', '"', '{', '[', '\\', 'sk-'])(
    'of a million times %j is read at once',
    (piece) => {
      const body = `<html>${piece.repeat(1_000_000)}`
      expect(describeErrorBody(body, 502).message.length).toBeLessThanOrEqual(600)
      expect(describeErrorBody({ error: { message: body } }, 502).message.length).toBeLessThanOrEqual(600)
    },
  )
})
