import type { ReactNode } from 'react'
import type { SampleDocument } from '../../../src/api/documents.ts'
import type { Grid } from '../../../src/domain/grids/grid.ts'
import type { DifferenceMode, DifferenceView } from '../address/difference-views.ts'
import { Link } from '../address/Link.tsx'
import { navigate } from '../address/navigate.ts'
import type { Route } from '../address/route.ts'
import { ApiProblem } from '../data/api-problem.ts'
import { api, expectedAddress, sampleAddress } from '../data/api.ts'
import { useResource } from '../data/resources.ts'
import { nextMode } from '../grid/DifferenceModes.tsx'
import { planCell, planSlot } from '../grid/plan-cell.ts'
import { Failure } from '../parts/Failure.tsx'
import { useKeys } from '../parts/hooks/use-keys.ts'
import { useTitle } from '../parts/hooks/use-title.ts'
import { useViewport } from '../parts/hooks/use-viewport.ts'
import { PartialsOfItem } from './PartialsOfItem.tsx'
import { Round } from './Round.tsx'
import { SampleFacts } from './SampleFacts.tsx'
import { SampleHead } from './SampleHead.tsx'
import styles from './SamplePage.module.css'
import { SampleTools } from './SampleTools.tsx'
import { useWalk } from './use-walk.ts'

export type SampleRoute = Extract<Route, { readonly page: 'sample' }>

/** One sample of a run: the prompt, the answer, and how it differs from the expected output. */
export function SamplePage({ route }: { readonly route: SampleRoute }) {
  const { run, item, sample, view = {} } = route
  const read = useResource(sampleAddress(run, item, sample), () => api.readSample(run, item, sample))
  const document = read.state === 'loading' ? undefined : read.value
  const expected = useExpected(route)
  const walk = useWalk(route)
  const mode = view.mode ?? 'overlay'
  const go = (changes: Partial<SampleRoute>) => navigate({ ...route, ...changes })
  useTitle(`${item}, sample ${sample + 1}, ${run}`)
  useKeys((event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const actions: Readonly<Record<string, () => void>> = {
      n: () => walk.next && go(walk.next),
      p: () => walk.before && go(walk.before),
      ']': () => document && sample + 1 < document.samples && go({ sample: sample + 1 }),
      '[': () => sample > 0 && go({ sample: sample - 1 }),
      v: () => go({ view: { ...view, mode: nextMode(mode) } }),
      e: () => go({ view: toggleExpected(view) }),
    }
    actions[event.key.toLowerCase()]?.()
  })
  if (read.state === 'failed' && !document) {
    const isRunMissing = read.error instanceof ApiProblem && read.error.type === 'no-such-run'
    const wayBack = isRunMissing ? (
      <Link to={{ page: 'runs', view: {} }}>All runs</Link>
    ) : (
      <Link to={{ page: 'run', run, matrix: route.matrix }}>All tasks of {run}</Link>
    )
    const isUnrecorded = read.error instanceof ApiProblem && read.error.type === 'not-recorded'
    return (
      <Failure title="This sample cannot be shown" error={read.error} wayBack={wayBack}>
        {isUnrecorded && <PartialsOfItem run={run} item={item} />}
      </Failure>
    )
  }
  return (
    <main className={styles.page} id="main">
      <SampleHead route={route} document={document} walk={walk} />
      {document ? (
        <Sample document={document} expected={expected} mode={mode}>
          <SampleFacts document={document} />
          <SampleTools
            document={document}
            expected={expected}
            mode={mode}
            isExpectedShown={view.expected === true}
            onMode={(next) => go({ view: { ...view, mode: next } })}
            onExpected={() => go({ view: toggleExpected(view) })}
          />
        </Sample>
      ) : (
        <div className={`waiting ${styles.waiting}`} aria-busy="true" />
      )}
    </main>
  )
}

interface SampleProps {
  readonly document: SampleDocument
  readonly expected: readonly (Grid | null)[] | undefined
  readonly mode: DifferenceMode
  readonly children: ReactNode
}

function Sample({ document, expected, mode, children }: SampleProps) {
  const { width } = useViewport()
  const { train, test_inputs, rounds } = document
  const outputs = rounds.flatMap(({ results }) => results.flatMap(({ got }) => (got ? [got] : [])))
  const posed = [...train.flatMap(({ input, output }) => [input, output]), ...test_inputs]
  const cell = planCell([...posed, ...outputs, ...(expected ?? []).filter((grid) => grid !== null)], planSlot(width))
  return (
    <>
      {children}
      {rounds.map((_, index) => (
        <Round key={index} document={document} index={index} expected={expected} mode={mode} cell={cell} />
      ))}
    </>
  )
}

function toggleExpected({ expected, ...view }: DifferenceView): DifferenceView {
  return expected ? view : { ...view, expected: true }
}

/** Loaded only when somebody asks to see them. */
function useExpected({ run, item, view = {} }: SampleRoute): readonly (Grid | null)[] | undefined {
  const address = view.expected ? expectedAddress(run, item) : undefined
  const read = useResource(address, () => api.readExpected(run, item))
  return view.expected && read.state !== 'loading' ? read.value?.outputs : undefined
}
