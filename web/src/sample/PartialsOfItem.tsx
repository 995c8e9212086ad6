import { api, partialsAddress } from '../data/api.ts'
import { useResource } from '../data/resources.ts'
import { Partial } from './Partial.tsx'

/** All that came of broken streams for a task without a record: it failed, or is being worked on. */
export function PartialsOfItem({ run, item }: { readonly run: string; readonly item: string }) {
  const read = useResource(partialsAddress(run, item), () => api.readPartials(run, item))
  const partials = read.state === 'loading' ? [] : (read.value?.partials ?? [])
  return partials.map((partial) => (
    <Partial key={`${partial.sample} ${partial.round} ${partial.broke_at}`} partial={partial} isNamed />
  ))
}
