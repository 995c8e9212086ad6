/** A program as a block of Markdown. Its fence is longer than any row of backticks in the program. */
export function renderFence(program: string): string {
  const longest = Math.max(0, ...[...program.matchAll(/`+/g)].map(([row]) => row.length))
  const fence = '`'.repeat(Math.max(3, longest + 1))
  return `${fence}python\n${program.trimEnd()}\n${fence}\n`
}

/** A text with a program after it; unchanged if it has that program already. */
export function addProgram(text: string, program: string): string {
  const fence = renderFence(program)
  const written = text.trimEnd()
  if (`${written}\n`.includes(fence)) return text
  return written === '' ? fence : `${written}\n\n${fence}`
}
