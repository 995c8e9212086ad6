import { expect, test } from '@jest/globals'
import { explainForeignHost, explainForeignPage } from './foreign-visits.ts'

test.each(['127.0.0.1:8233', 'localhost', 'LOCALHOST:1', '[::1]:8233'])('%s is a name of this machine', (host) => {
  expect(explainForeignHost(host)).toBeUndefined()
})

test.each(['evil.example', 'evil.example:8233', '127.0.0.1.evil.example', '10.0.0.1:8233', ''])(
  '"%s" is not a name of this machine',
  (host) => {
    expect(explainForeignHost(host)).toContain(`not to "${host}"`)
  },
)

const post = { method: 'POST', host: '127.0.0.1:8233', origin: undefined, site: undefined }

test.each([
  ['a program', post],
  ['our own page', { ...post, origin: 'http://127.0.0.1:8233', site: 'same-origin' }],
  ['a typed address', { ...post, site: 'none' }],
  ['a foreign page that only reads', { ...post, method: 'GET', origin: 'https://evil.example', site: 'cross-site' }],
])('%s may write', (_, visit) => {
  expect(explainForeignPage(visit)).toBeUndefined()
})

test.each([
  ['of another site', { ...post, origin: 'https://evil.example' }],
  ['of another port of this machine', { ...post, origin: 'http://127.0.0.1:9999' }],
  ['in a frame without an origin', { ...post, origin: 'null' }],
  ['that hides its origin', { ...post, site: 'cross-site' }],
  ['of a neighbouring site', { ...post, site: 'same-site' }],
])('a page %s may not write', (_, visit) => {
  expect(explainForeignPage(visit)).toContain('may not write here')
})
