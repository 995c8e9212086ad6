import { useState } from 'react'
import type { LabelSubjectDocument } from '../../../src/api/documents.ts'
import { api, expectedAddress } from '../data/api.ts'
import { useResource } from '../data/resources.ts'
import { GridPicture } from '../grid/GridPicture.tsx'
import { planCell } from '../grid/plan-cell.ts'
import { TitledGrid } from '../grid/TitledGrid.tsx'
import { useWidth } from '../parts/hooks/use-width.ts'
import { ScrollRegion } from '../parts/ScrollRegion.tsx'
import styles from './TaskSide.module.css'

const arrowWidth = 72
const maxSide = 220

/** The train pairs and test inputs of the task that a text is about. */
export function TaskSide({ text: { subject, train, test_inputs } }: { readonly text: LabelSubjectDocument }) {
  const [side, width] = useWidth<HTMLDivElement>()
  const [isAsked, setAsked] = useState(false)
  const sample = 'trace_id' in subject ? undefined : subject
  const address = isAsked && sample ? expectedAddress(sample.run_id, sample.item) : undefined
  const read = useResource(address, () => api.readExpected(sample?.run_id ?? '', sample?.item ?? ''))
  const expected = read.state === 'loading' ? undefined : read.value?.outputs
  const slot = Math.min(maxSide, Math.floor((width - arrowWidth) / 2))
  const grids = [
    ...train.flatMap(({ input, output }) => [input, output]),
    ...test_inputs,
    ...(expected ?? []).filter((grid) => grid !== null),
  ]
  const cell = planCell(grids, { width: slot, height: slot })
  return (
    <ScrollRegion as="section" className={styles.task} label="Task">
      <div ref={side} className={styles.measure} />
      {train.length === 0 && <p className="hint">The task of this trace is not available here.</p>}
      {width > 0 && (
        <>
          {train.map(({ input, output }, index) => (
            <div key={index} className={styles.pair}>
              <TitledGrid title={`Train ${index + 1}`} size={input}>
                <GridPicture grid={input} label={`Train ${index + 1}, input`} cell={cell} />
              </TitledGrid>
              <span className={styles.arrow} aria-hidden="true">
                →
              </span>
              <TitledGrid title="Output" size={output}>
                <GridPicture grid={output} label={`Train ${index + 1}, output`} cell={cell} />
              </TitledGrid>
            </div>
          ))}
          {test_inputs.map((input, index) => (
            <div key={index} className={styles.pair}>
              <TitledGrid title={`Test ${index + 1}`} size={input}>
                <GridPicture grid={input} label={`Test ${index + 1}, input`} cell={cell} />
              </TitledGrid>
              {expected?.[index] && (
                <>
                  <span className={styles.arrow} aria-hidden="true">
                    →
                  </span>
                  <TitledGrid title="Expected" size={expected[index]}>
                    <GridPicture grid={expected[index]} label={`Test ${index + 1}, expected output`} cell={cell} />
                  </TitledGrid>
                </>
              )}
            </div>
          ))}
          {sample && !isAsked && (
            <button type="button" onClick={() => setAsked(true)}>
              Show the expected test {test_inputs.length === 1 ? 'output' : 'outputs'}
            </button>
          )}
        </>
      )}
    </ScrollRegion>
  )
}
