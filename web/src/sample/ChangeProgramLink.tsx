import { Link } from '../address/Link.tsx'
import type { Filters, View } from '../address/route.ts'
import { goToField } from '../parts/go-to-field.ts'
import { useMayAct } from '../parts/hooks/use-acting.ts'

/** For links to a program that is open already. */
export const programFieldId = 'program-field'

interface ChangeProgramLinkProps {
  readonly taskKey: string
  /** With the sample whose program it is. */
  readonly view: View
  readonly filters: Filters
}

/** Leads to the editor with a sample's program; not shown to visitors who may run none. */
export function ChangeProgramLink({ taskKey, view, filters }: ChangeProgramLinkProps) {
  if (!useMayAct()) return null
  return (
    <Link
      className="button"
      to={{ page: 'task', key: taskKey, view: { ...view, program: 'sample' }, filters }}
      onClick={(event) => {
        // The address stays as it is if the editor is open already.
        const field = view.program === 'sample' ? document.getElementById(programFieldId) : null
        if (field === null) return
        event.preventDefault()
        goToField(field)
      }}
    >
      Change the program and run it
    </Link>
  )
}
