import type { DistanceDocument, SubmissionDocument } from '../../../../src/api/documents.ts'
import type { Grid } from '../../../../src/domain/grids/grid.ts'
import { allowedTries, type TestProgress } from '../../../../src/domain/tasks/progress.ts'
import { renderSize } from '../../grid/SizedGrid.tsx'

/* What the server said about a grid, in words. */

/** For a grid of a wrong size it says that another size is expected, but not which. */
export function describeDistance({ distance, differing }: DistanceDocument, grid: Grid): string {
  if (distance.kind === 'size-differs') return `Its size is ${renderSize(grid)}; a different size is expected.`
  if (distance.differing === 0) return 'No cell differs.'
  const cells = distance.differing === 1 ? '1 cell differs' : `${distance.differing} of ${distance.cells} cells differ`
  const share = `${Math.max(1, Math.round((100 * distance.differing) / distance.cells))} %`
  return `${cells} (${share})${differing ? '; they are crossed out.' : '.'}`
}

export function describeVerdict({ correct, tries, solved_in }: SubmissionDocument): string {
  if (!correct) {
    if (solved_in !== null) return `✗ Not right; you solved it before, at try ${solved_in}.`
    if (tries < allowedTries) return '✗ Not right. One try is left.'
    return tries === allowedTries
      ? '✗ Not right. Both tries are used; you can continue for practice.'
      : `✗ Not right, at try ${tries}.`
  }
  return tries <= allowedTries
    ? `✓ Right, at try ${tries} of ${allowedTries}.`
    : `✓ Right, at try ${tries}; the official rule gives ${allowedTries}.`
}

/** What is known from before; empty if nobody tried. */
export function describeProgress(progress: TestProgress | undefined): string {
  if (!progress || progress.tries === 0) return ''
  const { tries, solved_in } = progress
  if (solved_in !== null) return `You solved this at try ${solved_in}.`
  return tries < allowedTries
    ? `${tries} of ${allowedTries} tries used.`
    : 'Both tries are used; you can continue for practice.'
}
