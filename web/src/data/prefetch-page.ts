import type { Route } from '../address/route.ts'
import { api, matrixAddress, runAddress } from './api.ts'
import { prefetch } from './resources.ts'

/** Requests what the page of an address shows, while the page's own script is still loading. */
export function prefetchPage(route: Route): void {
  if (route.page !== 'run') return
  prefetch(runAddress(route.run), () => api.readRun(route.run))
  prefetch(matrixAddress(route.run), () => api.readMatrix(route.run))
}
