/** The line after an inline `<think>` part, as some local servers send it; past the end when that was never closed. */
export function findAnswerStart(lines: readonly string[]): number {
  const closed = lines.findLastIndex((line) => line.includes('</think>'))
  if (closed >= 0) return closed + 1
  return lines
    .find((line) => line.trim() !== '')
    ?.trimStart()
    .startsWith('<think>')
    ? lines.length
    : 0
}

/** Lines of a text, whatever ends them. */
export function splitLines(text: string): string[] {
  return text.replaceAll('\r\n', '\n').replaceAll('\r', '\n').split('\n')
}
