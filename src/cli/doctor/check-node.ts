import { missing, passed, type Check } from './check.ts'

/** The first version with everything we use: type stripping, `RegExp.escape`, `node:sqlite`. */
const minNodeMajor = 24

export function judgeNode(version: string): Check {
  const check = { name: 'node', needed: `Node ${minNodeMajor} or newer`, found: version }
  if (Number.parseInt(version.replace(/^v/, ''), 10) >= minNodeMajor) return passed(check)
  // The project brings its own, and `npx arcloom` runs on it: somebody started the client with another one.
  return missing({ ...check, mend: 'scripts/setup, then npx arcloom doctor' })
}
