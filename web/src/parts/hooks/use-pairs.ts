import { useMemo } from 'react'
import type { SolvedBy } from '../../address/run-views.ts'
import { api, matrixAddress } from '../../data/api.ts'
import { usePolling, useResource } from '../../data/resources.ts'
import type { MatrixRow } from '../arrange-rows.ts'
import { pairRows } from '../pair-rows.ts'
import { pollMs } from '../run-words.ts'

interface Pairs {
  /** Undefined while they are unknown. */
  readonly pairs: ReadonlyMap<string, SolvedBy> | undefined
  /** Why they cannot be known. */
  readonly error: Error | undefined
}

/** Which of two runs solved each task that both have finished. @param against the other run, if any */
export function usePairs(rows: readonly MatrixRow[] | undefined, against: string | undefined): Pairs {
  const address = against === undefined ? undefined : matrixAddress(against)
  const read = useResource(address, () => api.readMatrix(against ?? ''))
  const other = against === undefined || read.state === 'loading' ? undefined : read.value
  usePolling(address ?? '', other?.is_reading ? pollMs : undefined)
  const pairs = useMemo(() => rows && other && pairRows(rows, other.rows), [rows, other])
  return { pairs, error: read.state === 'failed' && !other ? read.error : undefined }
}
