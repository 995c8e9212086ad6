/** One thing that a bench measured. */
export interface Figure {
  readonly name: string
  readonly value: number
  readonly unit: string
  readonly goal?: string
}

/** A line each. */
export function renderFigures(figures: readonly Figure[]): string {
  return figures
    .map(({ name, value, unit, goal }) => {
      const number = value.toFixed(value < 10 && unit !== '' ? 1 : 0).padStart(7)
      return `${name.padEnd(50)}${number} ${unit.padEnd(9)}${goal === undefined ? '' : `goal ${goal}`}`.trimEnd()
    })
    .join('\n')
}
