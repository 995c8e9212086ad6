import { expect, test } from '@jest/globals'
import { SandboxUnavailable } from '../../adapters/sandbox/sandbox.ts'
import { judgePython } from './check-python.ts'

const probe = {
  executable: '/usr/bin/python3.11',
  libraries: [],
  modulePath: undefined,
  pythonVersion: '3.11.2',
  numpyVersion: '1.24.2',
}

test('the Python found is shown with its versions', () => {
  const check = judgePython(probe, { python: undefined, origins: new Map() })
  expect(check).toMatchObject({ ok: true, found: '3.11.2 with numpy 1.24.2, /usr/bin/python3.11' })
})

test('a Python set by the user is marked as such', () => {
  expect(judgePython(probe, { python: 'python3', origins: new Map() }).found).toMatch(/set by ARCLOOM_PYTHON/)
})

test.each([
  ['was found automatically', undefined, 'scripts/setup', 'environment', 'scripts/setup'],
  [
    'lacks numpy',
    '/py',
    '/py -m pip install numpy',
    'environment',
    '/py -m pip install numpy, or: unset ARCLOOM_PYTHON',
  ],
  ['does not exist', '/py', 'scripts/setup', 'environment', 'unset ARCLOOM_PYTHON'],
  ['does not exist, as set in .env', '/py', 'scripts/setup', '.env', 'remove ARCLOOM_PYTHON from .env'],
] as const)('the fix for a Python that %s', (_, python, mend, origin, expected) => {
  const check = judgePython(new SandboxUnavailable('No Python with numpy was found.', mend), {
    python,
    origins: new Map([['ARCLOOM_PYTHON', origin]]),
  })
  expect(check).toMatchObject({ ok: false, required: true, mend: expected })
})
