import { expect, test } from '@jest/globals'
import { judgeSandbox, judgeUntriedSandbox } from './check-sandbox.ts'

const facts = {
  landlock: '6',
  clock: 'virtual',
  python: '/usr/bin/python3',
  pythonVersion: '3.11.2',
  numpyVersion: '1.24.2',
} as const
const noBwrap = { message: 'bubblewrap (bwrap) is not installed.', mend: 'scripts/setup' }
const noLandlock = { message: 'landlock: no such system call.', mend: 'a newer kernel' }

test('the strongest level is fine', () => {
  expect(judgeSandbox({ facts: { ...facts, level: 'bwrap' }, failures: [] })).toMatchObject([
    { name: 'sandbox', ok: true },
    { name: 'sandbox level', ok: true, found: 'bwrap', mend: null },
  ])
})

test('a weaker level is a warning', () => {
  expect(judgeSandbox({ facts: { ...facts, level: 'landlock' }, failures: [noBwrap] })).toMatchObject([
    { name: 'sandbox', ok: true },
    { ok: false, required: false, found: 'landlock. bubblewrap (bwrap) is not installed.', mend: noBwrap.mend },
  ])
})

test('having no level is an error, with the fix for the strongest', () => {
  expect(judgeSandbox({ facts: undefined, failures: [noBwrap, noLandlock] })).toMatchObject([
    { ok: false, required: true, found: `${noBwrap.message} ${noLandlock.message}`, mend: noBwrap.mend },
  ])
})

test('without a Python it is an error for the same reason', () => {
  expect(judgeUntriedSandbox({ mend: 'get one' })).toMatchObject({ ok: false, required: true, mend: 'get one' })
})
