/** Names up to this long are left alone. */
const maxLength = 20

/**
 * Cuts what long names of runs have in common off their ends, word by word: `code-2026-11-27-a` and `code-2026-11-27-b` become
 * `…a` and `…b`.
 *
 * @returns the short name of each, all of them different
 */
export function shortenNames(names: readonly string[]): ReadonlyMap<string, string> {
  const words = names.map((name) => name.split(/(?<=[-_.])/))
  const atMost = Math.min(...words.map(({ length }) => length)) - 1
  const [first = []] = words
  let before = 0
  while (before < atMost && words.every((each) => each[before] === first[before])) before += 1
  let after = 0
  while (before + after < atMost && words.every((each) => each.at(-1 - after) === first.at(-1 - after))) after += 1
  const isLong = names.length > 1 && names.some((name) => name.length > maxLength)
  return new Map(
    names.map((name, index) => {
      if (!isLong) return [name, name]
      const each = words[index] ?? []
      const middle = each.slice(before, each.length - after).join('')
      return [name, `${before > 0 ? '…' : ''}${middle}${after > 0 ? '…' : ''}`]
    }),
  )
}
