import type { Design } from './design.ts'
import { colourDesigns } from './designs/colours.ts'
import { countingDesigns } from './designs/counting.ts'
import { lineDesigns } from './designs/lines.ts'
import { logicDesigns } from './designs/logic.ts'
import { motionDesigns } from './designs/motion.ts'
import { objectDesigns } from './designs/objects.ts'
import { patternDesigns } from './designs/patterns.ts'
import { regionDesigns } from './designs/regions.ts'
import { symmetryDesigns } from './designs/symmetry.ts'

/** Every task that Arcloom ships, by what it is about. Adding one is adding an entry to a list. */
export const designs: readonly Design[] = [
  ...symmetryDesigns,
  ...motionDesigns,
  ...lineDesigns,
  ...regionDesigns,
  ...logicDesigns,
  ...countingDesigns,
  ...objectDesigns,
  ...colourDesigns,
  ...patternDesigns,
]
