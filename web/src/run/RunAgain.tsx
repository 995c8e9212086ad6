import type { RunSummary } from '../../../src/api/documents.ts'
import { Link } from '../address/Link.tsx'
import { againAddress, api } from '../data/api.ts'
import { useResource } from '../data/resources.ts'
import { useActingProblem, useMayAct } from '../parts/hooks/use-acting.ts'

/** A link to the form for a new run, filled in with what this run asked. */
export function RunAgain({ summary }: { readonly summary: RunSummary }) {
  const mayAct = useMayAct()
  const problem = useActingProblem()
  return summary.model !== null && mayAct && problem === null ? <FilledForm run={summary.run_id} /> : null
}

function FilledForm({ run }: { readonly run: string }) {
  const read = useResource(againAddress(run), () => api.readAgain(run))
  const order = read.state === 'loading' ? null : (read.value?.order ?? null)
  if (order === null) return null
  const flags = Object.entries(order.flags).map(([name, value]) => [name, [value].flat().map(String)] as const)
  const view = {
    command: `${order.kind === 'benchmark' ? 'benchmark' : 'generate'} ${order.recipe}`,
    flags: Object.fromEntries(flags),
  }
  return <Link to={{ page: 'start', order: view }}>Run again with …</Link>
}
