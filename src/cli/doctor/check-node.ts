import { missing, passed, type Check } from './check.ts'

/** The first with everything that is used: types that are stripped, `RegExp.escape`, `node:sqlite`. */
const minNodeMajor = 24

export function judgeNode(version: string): Check {
  const check = { name: 'node', needed: `Node ${minNodeMajor} or newer`, found: version }
  if (Number.parseInt(version.replace(/^v/, ''), 10) >= minNodeMajor) return passed(check)
  // The project brings its own, and `npx arcloom` runs on it: somebody called the client by another.
  return missing({ ...check, mend: 'scripts/setup, and then: npx arcloom doctor' })
}
