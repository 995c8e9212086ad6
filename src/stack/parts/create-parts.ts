import type { Config } from '../../config.ts'
import { createBaselinePart } from './baseline-part.ts'
import { createPagePart } from './page-part.ts'
import type { PartSpec } from './part.ts'
import { createServerPart } from './server-part.ts'
import { createWorkerPart } from './worker-part.ts'

/** The parts of the stack, in start-up order. */
export function createParts(config: Config): PartSpec[] {
  return [createServerPart(config), createWorkerPart(config), createBaselinePart(config), createPagePart(config)]
}
