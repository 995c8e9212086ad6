import { describe, expect, test } from '@jest/globals'
import { decideRestart, type Death } from './decide-restart.ts'

const late: Death = { livedMs: 3_600_000, wasReady: true, exitCode: null }
const quick: Death = { livedMs: 2_000, wasReady: true, exitCode: null }
const unready: Death = { livedMs: 500, wasReady: false, exitCode: 1 }

describe('decideRestart', () => {
  test.each([
    ['the first exit', [late], { state: 'restarting', afterMs: 0 }],
    ['an exit soon after the start', [quick], { state: 'restarting', afterMs: 0 }],
    ['an exit after a long life, whatever happened before', [quick, quick, late], { state: 'restarting', afterMs: 0 }],
    ['a first quick exit after a long life', [late, quick], { state: 'restarting', afterMs: 0 }],
    ['two quick exits', [late, quick, quick], { state: 'restarting', afterMs: 250 }],
    ['four quick exits', [quick, quick, quick, quick], { state: 'restarting', afterMs: 1000 }],
    ['two exits without ever serving', [unready, unready], { state: 'restarting', afterMs: 250 }],
    ['three exits without ever serving', [quick, unready, unready, unready], { state: 'failed', afterMs: 1000 }],
    ['many exits', Array.from({ length: 40 }, () => unready), { state: 'failed', afterMs: 30_000 }],
    ['invalid settings', [{ ...unready, exitCode: 2 }], { state: 'failed', afterMs: 30_000 }],
    ['exit code 5: a requirement is missing', [{ ...unready, exitCode: 5 }], { state: 'failed', afterMs: 30_000 }],
    ['exit code 2 after it had served', [{ ...late, exitCode: 2 }], { state: 'restarting', afterMs: 0 }],
  ] as const)('%s', (_, deaths, restart) => {
    expect(decideRestart(deaths)).toEqual(restart)
  })
})
