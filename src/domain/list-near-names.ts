/** The names a person may have meant, nearest first: those with a typo or two, other letter case or a missing part. */
export function listNearNames(name: string, names: readonly string[], most = 3): string[] {
  const upperCased = name.toUpperCase()
  return names
    .map((name) => ({ name, distance: measure(upperCased, name.toUpperCase()) }))
    .filter(({ distance }) => distance <= Math.max(2, upperCased.length / 3))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, most)
    .map(({ name }) => name)
}

function measure(a: string, b: string): number {
  return a.length >= 3 && (b.includes(a) || a.includes(b)) ? 1 : countEdits(a, b)
}

/** Levenshtein's distance. */
function countEdits(a: string, b: string): number {
  let previousRow = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (const [row, letter] of a.split('').entries()) {
    const currentRow = [row + 1]
    for (const [column, other] of b.split('').entries()) {
      const [left = 0, up = 0, diagonal = 0] = [currentRow[column], previousRow[column + 1], previousRow[column]]
      currentRow.push(Math.min(left + 1, up + 1, diagonal + (letter === other ? 0 : 1)))
    }
    previousRow = currentRow
  }
  return previousRow.at(-1) ?? 0
}
