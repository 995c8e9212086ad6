/** @jest-environment jsdom */
import { afterEach, expect, test } from '@jest/globals'
import { cleanup, render } from '@testing-library/react'
import { Markdown } from './Markdown.tsx'

afterEach(cleanup)

const htmlOf = (text: string) => render(<Markdown text={text} />).container.firstElementChild?.innerHTML

test.each([
  ['headings below those of the page', '# Rule\n\n###### Note', '<h3>Rule</h3>\n<h6>Note</h6>'],
  ['HTML as text', '<h1>x</h1>', '&lt;h1&gt;x&lt;/h1&gt;'],
  ['links whose address is dropped as text', '[*a*](javascript:alert(1) "b>") c', '<p><em>a</em> c</p>'],
  [
    'links to other sites without a referrer',
    '[a](https://example.org)',
    '<p><a rel="noopener noreferrer nofollow" href="https://example.org">a</a></p>',
  ],
])('Markdown shows %s', (_, text, html) => {
  expect(htmlOf(text)).toBe(html)
})

test('Markdown shows tables, with no HTML in their cells', () => {
  const table = '| in | out |\n| -- | -- |\n| 1 | <b>2</b> |'
  expect(htmlOf(table)?.replaceAll('\n', '')).toBe(
    '<table><thead><tr><th>in</th><th>out</th></tr></thead><tbody><tr><td>1</td><td>&lt;b&gt;2&lt;/b&gt;</td></tr></tbody></table>',
  )
})
