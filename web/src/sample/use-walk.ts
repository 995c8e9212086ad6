import { useMemo } from 'react'
import { api, matrixAddress } from '../data/api.ts'
import { useResource } from '../data/resources.ts'
import { arrangeRows } from '../parts/arrange-rows.ts'
import { usePairs } from '../parts/hooks/use-pairs.ts'
import type { SampleRoute } from './SamplePage.tsx'
import { walkSamples } from './walk-samples.ts'

export type Walk = ReturnType<typeof walkSamples>

/** The samples before and after one, by the filter last used on the run's page. */
export function useWalk({ run, item, sample, matrix }: SampleRoute): Walk {
  const read = useResource(matrixAddress(run), () => api.readMatrix(run))
  const rows = read.state === 'loading' ? undefined : read.value?.rows
  const { pairs } = usePairs(rows, matrix.against)
  return useMemo(
    () => walkSamples(rows ? arrangeRows(rows, matrix, pairs) : [], matrix, { item, sample }),
    [rows, pairs, matrix, item, sample],
  )
}
