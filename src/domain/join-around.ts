/** The text without some of its lines: what stands before and after them, as paragraphs. */
export function joinAround(
  lines: readonly string[],
  { from, to }: { readonly from: number; readonly to: number } = { from: 0, to: 0 },
): string {
  const parts = [lines.slice(0, from), lines.slice(to)].map((part) => part.join('\n').trim())
  return parts.filter((part) => part !== '').join('\n\n')
}
