export type Choice = 'largest' | 'smallest' | 'odd'
export const choices: readonly Choice[] = ['largest', 'smallest', 'odd']

/** Index of the one value that stands out: the only largest or smallest, or the only one that no other equals. */
export function chooseOne(values: readonly number[], choice: Choice): number | null {
  const counts = new Map<number, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  const single = values.filter((value) => counts.get(value) === 1)
  if (choice === 'odd') return single.length === 1 && values.length > 2 ? values.indexOf(single[0] ?? 0) : null
  const best = choice === 'largest' ? Math.max(...values) : Math.min(...values)
  return counts.get(best) === 1 ? values.indexOf(best) : null
}

export const chooseOnePython = `
def choose_one(values, choice):
    """Index of the one value that stands out: the only largest or smallest, or the only one that no other equals."""
    if choice == "odd":
        wanted = [value for value in values if values.count(value) == 1]
        if len(values) < 3:
            wanted = []
    else:
        best = max(values) if choice == "largest" else min(values)
        wanted = [value for value in values if value == best]
    if len(wanted) != 1:
        raise ValueError("none stands out")
    return values.index(wanted[0])`
