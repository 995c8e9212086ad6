import { MalformedInput } from '../../malformed-input.ts'
import { isPermutation } from './permutation.ts'
import { symmetries } from './symmetry.ts'
import type { Transform } from './transform.ts'

/**
 * Parses a chain of transforms from JSON.
 *
 * @param file names the source in errors
 * @param place where in the source the list stands, such as `[3].derived_from.transforms`
 * @throws {MalformedInput} for the first fault, with its place, what was found and what is allowed
 */
export function parseTransforms(value: unknown, file: string, place: string): Transform[] {
  if (!Array.isArray(value))
    throw new MalformedInput(file, place, `must be a list of transforms${describeValue(value)}`)
  return value.map((transform, index) => parseTransform(transform, file, `${place}[${index}]`))
}

function parseTransform(value: unknown, file: string, place: string): Transform {
  const refuse = (field: string, rule: string, actual: unknown): never => {
    throw new MalformedInput(file, `${place}${field}`, `${rule}${describeValue(actual)}`)
  }
  if (typeof value !== 'object' || value === null) return refuse('', 'a transform is an object with a kind', value)
  const { kind, symmetry, symbols, train, test }: Partial<Record<string, unknown>> = { ...value }
  switch (kind) {
    case 'symmetry': {
      const knownSymmetry = symmetries.find((name) => name === symmetry)
      return knownSymmetry
        ? { kind, symmetry: knownSymmetry }
        : refuse('.symmetry', `a symmetry is ${symmetries.join(', ')}`, symmetry)
    }
    case 'permute':
      if (!isPermutation(symbols)) return refuse('.symbols', 'a permutation lists each of 0 to 9 once', symbols)
      return { kind, symbols }
    case 'swap':
      if (!isIndex(train)) return refuse('.train', 'the index of a train pair is 0 or more', train)
      if (!isIndex(test)) return refuse('.test', 'the index of a test pair is 0 or more', test)
      return { kind, train, test }
    default:
      return refuse('.kind', 'a kind is symmetry, permute or swap', kind)
  }
}

function isIndex(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0
}

function describeValue(value: unknown): string {
  return value === undefined ? '; it is missing' : `; found ${JSON.stringify(value).slice(0, 60)}`
}
