import { measureObjects, measures } from '../measures.ts'
import { findObjects, joinings } from '../objects.ts'
import type { Feature, FeatureFamily } from './feature.ts'

/** A measure of the object that each cell belongs to. */
export const objectFeatures: FeatureFamily = {
  python: `
def of_object(grid, joining, measure):
    """A measure of the object that each cell belongs to."""
    labels = find_objects(grid, joining)
    values = [measure(grid, labels, label) for label in range(labels.max() + 1)]
    return np.array(values)[labels]`,
  features: joinings.flatMap((joining, far) =>
    Object.entries(measures)
      .filter(([, { needsColours }]) => joining.startsWith('any') || !needsColours)
      .map(([name, { words, isYesNo, isColour = false }]): Feature => ({
        call: `of_object(grid, ${JSON.stringify(joining)}, ${name})`,
        words: `${isYesNo ? `whether its object ${words}` : `the ${words} of its object`} (touching cells of ${joining})`,
        cost: 2 + far / 2,
        isColour,
        compute: (grid) => {
          const values = measureObjects(grid, joining, name)
          return findObjects(grid, joining).labels.map((label) => values[label] ?? 0)
        },
      })),
  ),
}
