/** A program as a block of Markdown. Its fence is longer than any row of backticks in the program. */
export function renderFence(program: string): string {
  const longest = Math.max(0, ...[...program.matchAll(/`+/g)].map(([row]) => row.length))
  const fence = '`'.repeat(Math.max(3, longest + 1))
  return `${fence}python\n${program.trimEnd()}\n${fence}\n`
}
