import { expect, test } from '@jest/globals'
import { SandboxFault } from '../sandbox.ts'
import { explainStartFailure } from './explain-start-failure.ts'

const noNamespace = 'bwrap: No permissions to create new namespace, likely because the kernel does not allow it.'

test.each([
  ['no bubblewrap', 'spawn bwrap ENOENT', {}, 'bwrap', 'scripts/setup'],
  [
    'namespaces switched off',
    noNamespace,
    { 'user.max_user_namespaces': '0' },
    'user.max_user_namespaces is 0',
    'sysctl -w user.max_user_namespaces=15000',
  ],
  [
    'namespaces not for users',
    noNamespace,
    { 'user.max_user_namespaces': '9000', 'kernel.unprivileged_userns_clone': '0' },
    'kernel.unprivileged_userns_clone is 0',
    'sysctl -w kernel.unprivileged_userns_clone=1',
  ],
  [
    'AppArmor on Ubuntu',
    'bwrap: setting up uid map: Permission denied',
    { 'kernel.apparmor_restrict_unprivileged_userns': '1' },
    'kernel.apparmor_restrict_unprivileged_userns is 1',
    'sysctl -w kernel.apparmor_restrict_unprivileged_userns=0',
  ],
  [
    "a container's own filter",
    noNamespace,
    { 'user.max_user_namespaces': '9000' },
    'container',
    'docker run --security-opt seccomp=arcloom-seccomp.json  # docs/sandbox.md',
  ],
])('%s', (_, evidence, settings: Readonly<Record<string, string>>, missing, mend) => {
  const fault = new SandboxFault('not-started', 'The sandbox did not start', evidence)
  const explained = explainStartFailure(fault, (name) => settings[name])
  expect(explained.message).toContain(missing)
  expect(explained.mend).toBe(mend)
})
