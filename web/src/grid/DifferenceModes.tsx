import { ModeChoice } from '../parts/ModeChoice.tsx'

type Mode = 'overlay' | 'side' | 'blink'

const modes: readonly { readonly mode: Mode; readonly title: string }[] = [
  { mode: 'overlay', title: 'Overlay' },
  { mode: 'side', title: 'Side by side' },
  { mode: 'blink', title: 'Blink' },
]

interface DifferenceModesProps {
  readonly mode: Mode
  readonly onChoose: (mode: Mode) => void
}

/** The choice of how to compare two grids. */
export function DifferenceModes({ mode, onChoose }: DifferenceModesProps) {
  return <ModeChoice label="How differences are shown" modes={modes} chosen={mode} onChoose={onChoose} />
}

/** The next mode, in rotation. */
export function nextMode(mode: Mode): Mode {
  const place = modes.findIndex((each) => each.mode === mode)
  return modes[(place + 1) % modes.length]?.mode ?? mode
}
