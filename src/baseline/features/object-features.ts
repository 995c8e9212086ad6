import { measureObjects, measures } from '../measures.ts'
import { findObjects, joinings } from '../objects.ts'
import type { Feature, FeatureFamily } from './feature.ts'

/** A measure of the object that each cell belongs to. */
export const objectFeatures: FeatureFamily = {
  name: 'of_object',
  python: `
def of_object(grid, joining, name):
    """A measure of the object that each cell belongs to."""
    labels = find_objects(grid, joining)
    values = [measure(grid, labels, label, name) for label in range(labels.max() + 1)]
    return np.array(values)[labels]`,
  features: joinings.flatMap((joining, far) =>
    Object.keys(measures)
      .filter((name) => joining.startsWith('any') || !/colours|main|rarest/.test(name))
      .map((name): Feature => ({
        call: `of_object(grid, ${JSON.stringify(joining)}, ${JSON.stringify(name)})`,
        words: `“${name}” of its object (${joining})`,
        cost: 2 + far / 2,
        isColour: /\bcolour\b/.test(name),
        compute: (grid) => {
          const values = measureObjects(grid, joining, name)
          return findObjects(grid, joining).labels.map((label) => values[label] ?? 0)
        },
      })),
  ),
}
