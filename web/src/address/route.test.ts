import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { anyTransform } from '../../../test/support/any-task.ts'
import { anyRun, parseRoute, plainView, renderRoute, type Filters, type Route, type View } from './route.ts'

function parse(address: string): Route {
  const { pathname, search } = new URL(address, 'http://localhost')
  return parseRoute(pathname, search)
}

describe('an address', () => {
  test.each<[string, Route]>([
    ['/', { page: 'gallery', filters: {} }],
    ['/tasks', { page: 'gallery', filters: {} }],
    [
      '/?search=00d&dataset=arc-agi-1&split=training&side=1-10&pairs=3-3&solved=no&with=traces&sort=-runs',
      {
        page: 'gallery',
        filters: {
          search: '00d',
          dataset: 'arc-agi-1',
          split: 'training',
          side: [1, 10],
          pairs: [3, 3],
          solved: 'no',
          with: ['traces'],
          sort: '-runs',
        },
      },
    ],
    ['/?solved-by=arc1', { page: 'gallery', filters: { by: { run: 'arc1', solved: true } } }],
    ['/?unsolved-by=*', { page: 'gallery', filters: { by: { run: anyRun, solved: false } } }],
    ['/tasks/007bbfb7', { page: 'task', key: '007bbfb7', view: plainView, filters: {} }],
    [
      '/tasks/a?version=2&steps=rotate-90.swap-0-1&test=2&run=code-x&sample=3&program=sample&dataset=tasks',
      {
        page: 'task',
        key: 'a',
        view: {
          version: 2,
          steps: [
            { kind: 'symmetry', symmetry: 'rotate-90' },
            { kind: 'swap', train: 0, test: 1 },
          ],
          test: 1,
          sample: { run: 'code-x', index: 3 },
          program: 'sample',
        },
        filters: { dataset: 'tasks' },
      },
    ],
    ['/tasks/a%2Fb%20c', { page: 'task', key: 'a/b c', view: plainView, filters: {} }],
    ['/elsewhere', { page: 'unknown', path: '/elsewhere' }],
    ['/tasks/a/b', { page: 'unknown', path: '/tasks/a/b' }],
  ])('%s leads to its page', (address, route) => expect(parse(address)).toEqual(route))

  test.each([
    '/tasks/a?version=x&steps=twirl&test=-1&run',
    '/tasks/a?test=0',
    '/tasks/a?version=99999999999',
    '/tasks/a?solved=maybe&side=1&pairs=a-b&with=cake',
  ])('%s leads to the task, ignoring what it does not understand', (address) => {
    const route = parse(address)
    expect({ ...route, view: { ...(route.page === 'task' && route.view), sample: undefined } }).toEqual({
      page: 'task',
      key: 'a',
      view: { ...plainView, sample: undefined },
      filters: {},
    })
  })

  test('that was written can be read again, whatever the task is called', () => {
    const range = fc.tuple(fc.integer({ min: 0, max: 999 }), fc.integer({ min: 0, max: 999 }))
    const word = fc.string({ minLength: 1, unit: 'grapheme' })
    const filters: fc.Arbitrary<Filters> = fc.record(
      {
        search: word,
        dataset: word,
        split: word,
        side: range,
        pairs: range,
        solved: fc.constantFrom('yes', 'no'),
        by: fc.record({ run: word, solved: fc.boolean() }),
        with: fc.constantFrom<NonNullable<Filters['with']>>(['traces'], ['versions'], ['traces', 'versions']),
      },
      { requiredKeys: [] },
    )
    const count = fc.integer({ min: 0, max: 9_999 })
    const view: fc.Arbitrary<View> = fc.record(
      {
        version: count,
        steps: fc.array(anyTransform, { maxLength: 4 }),
        test: count,
        enlarged: count,
        sample: fc.record({ run: word, index: count }),
      },
      { requiredKeys: ['version', 'steps', 'test'] },
    )
    fc.assert(
      fc.property(word, view, filters, (key, view, filters) => {
        // Every browser treats names made of dots as folders.
        fc.pre(!/^\.{1,2}$/.test(key))
        const route: Route = { page: 'task', key, view, filters }
        expect(parse(renderRoute(route))).toEqual(route)
        expect(parse(renderRoute({ page: 'gallery', filters }))).toEqual({ page: 'gallery', filters })
      }),
    )
  })
})
