import { aroundFeatures } from './around-features.ts'
import { cellFeatures } from './cell-features.ts'
import { betweenFeatures, neighbourFeatures, rayFeatures } from './direction-features.ts'
import type { FeatureFamily } from './feature.ts'
import { lineFeatures } from './line-features.ts'
import { mirrorFeatures } from './mirror-features.ts'
import { nearestFeatures } from './nearest-features.ts'
import { objectFeatures } from './object-features.ts'

/** Every feature that a learned cell table may use. */
export const featureFamilies: readonly FeatureFamily[] = [
  cellFeatures,
  neighbourFeatures,
  rayFeatures,
  betweenFeatures,
  aroundFeatures,
  mirrorFeatures,
  lineFeatures,
  objectFeatures,
  nearestFeatures,
]
