import type { DistanceDocument } from '../../../src/api/documents.ts'

/** A distance in words. Of another size it tells that it is another, never which. */
export function describeDistance({ distance, differing }: DistanceDocument): string {
  if (distance.kind === 'size-differs') return 'Another size is expected.'
  if (distance.differing === 0) return 'No cell differs.'
  const cells = distance.differing === 1 ? '1 cell differs' : `${distance.differing} of ${distance.cells} cells differ`
  const share = `${Math.max(1, Math.round((100 * distance.differing) / distance.cells))} %`
  return `${cells} (${share})${differing ? '; they are crossed out.' : '.'}`
}
