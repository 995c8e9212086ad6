import { SandboxUnavailable, type SandboxFault } from '../sandbox.ts'

/** A kernel setting by its sysctl name; undefined if this kernel does not have it. */
export type ReadKernelSetting = (name: string) => string | undefined

/** Settings that can forbid ordinary users to make namespaces, with the value that forbids and the value that allows it. */
const namespaceSettings = [
  { name: 'user.max_user_namespaces', closed: '0', open: '15000' },
  // Debian and Arch.
  { name: 'kernel.unprivileged_userns_clone', closed: '0', open: '1' },
  // Ubuntu from 23.10.
  { name: 'kernel.apparmor_restrict_unprivileged_userns', closed: '1', open: '0' },
] as const

/** The page tells how to make that file: Docker's own profile plus six calls. Without it, `landlock` still works. */
const containerMend = 'docker run --security-opt seccomp=arcloom-seccomp.json  # docs/sandbox.md'

/** Explains why the first zygote ended: what is missing on this machine, and the command that fixes it. */
export function explainStartFailure(fault: SandboxFault, readKernelSetting: ReadKernelSetting): SandboxUnavailable {
  if (fault.evidence.includes('ENOENT') && fault.evidence.includes('spawn'))
    return new SandboxUnavailable('bubblewrap (bwrap) is not installed.', 'scripts/setup')
  if (!/namespace|uid map|RTM_NEWADDR|pivot_root|Operation not permitted/i.test(fault.evidence))
    return new SandboxUnavailable(fault.message, 'apt-get install --reinstall bubblewrap python3 python3-numpy')
  const setting = namespaceSettings.find(({ name, closed }) => readKernelSetting(name) === closed)
  if (!setting)
    return new SandboxUnavailable(
      `This container or kernel does not allow user namespaces (${fault.evidence}).`,
      containerMend,
    )
  return new SandboxUnavailable(
    `The kernel does not allow user namespaces: ${setting.name} is ${setting.closed} (${fault.evidence}).`,
    `sysctl -w ${setting.name}=${setting.open}`,
  )
}
