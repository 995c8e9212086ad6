import { listParts, partTitles } from '../../stack/parts/part.ts'
import type { StackReport } from '../../stack/state/read-stack-status.ts'
import { missing, passed, type Check } from './check.ts'

const restart = 'npx arcloom down && npx arcloom up'

/** Being down is fine: the next command that needs the stack starts it. */
export function judgeStack({ state, status }: StackReport): Check {
  const check = { name: 'stack', needed: 'down, or with every part running' }
  const parts = listParts(status?.parts ?? {})
  switch (state) {
    case 'down':
      return passed({ ...check, found: 'down; the next command that needs it starts it' })
    case 'unsupervised':
      return passed({ ...check, found: 'parts of it run without their supervisor; the next command restarts it' })
    case 'up':
    case 'starting':
    case 'ending': {
      const names = parts.map(([name, part]) => `${partTitles[name]} ${part.state}`)
      return passed({ ...check, found: [state, ...names].join(', ') })
    }
    case 'failed': {
      const failed = parts.filter(([, part]) => part.state === 'failed')
      const failures = failed.map(
        ([name, part]) => `the ${partTitles[name]} failed: ${part.lastError ?? 'it did not say why'}`,
      )
      return missing({ ...check, found: failures.join(' '), mend: failed[0]?.[1].mend ?? restart })
    }
  }
}
