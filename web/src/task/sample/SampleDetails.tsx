import type { TaskSampleDocument } from '../../../../src/api/documents.ts'
import { Call } from '../../sample/Call.tsx'
import { Fold } from '../../sample/Fold.tsx'
import { listFaults } from '../../sample/list-faults.ts'
import { PairRows } from '../../sample/PairRows.tsx'
import { Partial } from '../../sample/Partial.tsx'
import { PythonCode } from '../../sample/PythonCode.tsx'
import { RanFacts } from '../../sample/RanFacts.tsx'
import styles from './SampleDetails.module.css'

interface SampleDetailsProps {
  readonly document: TaskSampleDocument
  /** Whether the page shows the task under transforms. */
  readonly isTurned: boolean
}

/** The round that stands for a sample, folded away: its train pairs, its program, its question and answer. */
export function SampleDetails({ document, isTurned }: SampleDetailsProps) {
  const { rounds, chosen, train, test_inputs } = document
  const round = rounds[chosen]
  if (!round) return null
  const { program, ran, results, calls, partials } = round
  const trained = results.filter(({ part }) => part === 'train')
  const right = trained.filter(({ verdict }) => verdict === 'correct').length
  return (
    <div className={styles.details}>
      {trained.length > 0 && (
        <Fold title="Train pairs" hint={`${right} of ${trained.length} right`}>
          <PairRows
            train={train}
            testInputs={test_inputs}
            expected={undefined}
            results={trained}
            mode="overlay"
            cell={8}
          />
        </Fold>
      )}
      {program !== null && (
        <Fold title="Program">
          <PythonCode program={program} faults={listFaults(results)} />
          {ran && <RanFacts ran={ran} />}
        </Fold>
      )}
      {calls.length > 0 && (
        <Fold title="Question and answer" {...(isTurned && { hint: 'as they were written, before your transforms' })}>
          {calls.map((call) => (
            <Call key={call.answer_key} call={call} before={rounds[chosen - 1]?.calls[0]?.messages} />
          ))}
        </Fold>
      )}
      {partials.map((partial) => (
        <Partial key={partial.broke_at} partial={partial} />
      ))}
    </div>
  )
}
