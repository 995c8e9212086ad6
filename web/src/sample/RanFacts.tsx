import type { RanProgram } from '../../../src/api/documents.ts'
import { Fold } from './Fold.tsx'
import { PlainText } from './PlainText.tsx'

/** How a program was run, and what it printed. */
export function RanFacts({ ran }: { readonly ran: RanProgram }) {
  return (
    <>
      <p className="hint">{describe(ran)}</p>
      {ran.printed !== '' && (
        <Fold title="What it printed" isOpen>
          <PlainText text={ran.printed} label="What it printed" />
        </Fold>
      )}
    </>
  )
}

function describe({ cpu_seconds, deterministic, function: name, grids_as }: RanProgram): string {
  return [
    name === undefined || name === null ? undefined : `called ${name}`,
    grids_as === 'array' ? 'grids passed as numpy arrays' : undefined,
    `${cpu_seconds.toFixed(2)} s of processor time`,
    deterministic === false ? 'a second run gave a different result' : undefined,
  ]
    .filter(Boolean)
    .join(' · ')
}
