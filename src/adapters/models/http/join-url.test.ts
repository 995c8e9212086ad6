import { describe, expect, test } from '@jest/globals'
import { joinOtherUrl, joinUrl } from './join-url.ts'

const path = '/chat/completions'

describe('joinUrl', () => {
  test.each(['https://h/v1', 'https://h/v1/', 'https://h/v1/chat/completions', 'https://h/v1/completions'])(
    'joins the path to %s',
    (baseUrl) => {
      expect(joinUrl(baseUrl, path)).toBe('https://h/v1/chat/completions')
    },
  )

  test('keeps the query of the base URL', () => {
    expect(joinUrl('https://h/v1?api-version=1', path)).toBe('https://h/v1/chat/completions?api-version=1')
    expect(joinUrl('https://h/v1?api-version=1', path, { suffix: '/id', query: { after: '2' } })).toBe(
      'https://h/v1/chat/completions/id?api-version=1&after=2',
    )
  })
})

describe('joinOtherUrl', () => {
  test.each(['https://h/v1', 'https://h/v1/chat/completions'])('joins another path to %s', (baseUrl) => {
    expect(joinOtherUrl(baseUrl, path, '/batches/a%2Fb')).toBe('https://h/v1/batches/a%2Fb')
  })

  test('keeps the query of the base URL', () => {
    expect(joinOtherUrl('https://h/v1/completions?api-version=1', path, '/batches', { after: 'b c' })).toBe(
      'https://h/v1/batches?api-version=1&after=b+c',
    )
  })
})
