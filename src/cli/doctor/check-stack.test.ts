import { expect, test } from '@jest/globals'
import type { PartState, PartStatus, StackStatus } from '../../stack/state/stack-status.ts'
import { judgeStack } from './check-stack.ts'

function buildPart(state: PartState, change: Partial<PartStatus> = {}): PartStatus {
  return { state, since: 0, triedAt: 0, restarts: 0, ...change }
}

function buildStatus(parts: StackStatus['parts']): StackStatus {
  return {
    identity: { pid: 1, startTime: '1' },
    startedAt: '2026-11-25T00:00:00Z',
    version: '0.1.0',
    ending: false,
    notes: [],
    addresses: {
      temporal: '127.0.0.1:7233',
      namespace: 'default',
      page: 'http://127.0.0.1:8321',
      baseline: 'http://127.0.0.1:8322/v1',
    },
    parts,
  }
}

test.each(['down', 'unsupervised'] as const)('a stack that is %s is fine', (state) => {
  expect(judgeStack({ state })).toMatchObject({ ok: true, mend: null })
})

test('a running stack is shown part by part', () => {
  const status = buildStatus({ server: buildPart('external'), worker: buildPart('running') })
  expect(judgeStack({ state: 'up', status })).toMatchObject({
    ok: true,
    found: 'up, Temporal server external, worker running',
  })
})

test('a stack with a failed part is an error, with the message and the fix of that part', () => {
  const failed = buildPart('failed', { lastError: 'Port 8322 is taken.', mend: 'export ARCLOOM_BASELINE_PORT=8323' })
  const status = buildStatus({ server: buildPart('running'), baseline: failed })
  expect(judgeStack({ state: 'failed', status })).toMatchObject({
    ok: false,
    required: true,
    found: 'the baseline model failed: Port 8322 is taken.',
    mend: 'export ARCLOOM_BASELINE_PORT=8323',
  })
})
