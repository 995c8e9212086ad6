import { describe, expect, test } from '@jest/globals'
import { decideRestart, type Death } from './decide-restart.ts'

const late: Death = { livedMs: 3_600_000, wasReady: true, exitCode: null }
const quick: Death = { livedMs: 2_000, wasReady: true, exitCode: null }
const unready: Death = { livedMs: 500, wasReady: false, exitCode: 1 }

describe('decideRestart', () => {
  test.each([
    ['the first death', [late], { state: 'restarting', afterMs: 0 }],
    ['a death soon after the start', [quick], { state: 'restarting', afterMs: 0 }],
    ['a death after a long life, whatever was before', [quick, quick, late], { state: 'restarting', afterMs: 0 }],
    ['a first quick death after a long life', [late, quick], { state: 'restarting', afterMs: 0 }],
    ['two quick deaths', [late, quick, quick], { state: 'restarting', afterMs: 250 }],
    ['four quick deaths', [quick, quick, quick, quick], { state: 'restarting', afterMs: 1000 }],
    ['two deaths without ever serving', [unready, unready], { state: 'restarting', afterMs: 250 }],
    ['three deaths without ever serving', [quick, unready, unready, unready], { state: 'failed', afterMs: 1000 }],
    ['many deaths', Array.from({ length: 40 }, () => unready), { state: 'failed', afterMs: 30_000 }],
    ['settings that cannot be used', [{ ...unready, exitCode: 2 }], { state: 'failed', afterMs: 30_000 }],
    ['exit code 5: what it needs is missing', [{ ...unready, exitCode: 5 }], { state: 'failed', afterMs: 30_000 }],
    ['exit code 2 after it served', [{ ...late, exitCode: 2 }], { state: 'restarting', afterMs: 0 }],
  ] as const)('%s', (_, deaths, restart) => {
    expect(decideRestart(deaths)).toEqual(restart)
  })
})
