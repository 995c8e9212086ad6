/**
 * Beginnings of top-level Python lines, to find unfenced code. Indented and empty lines belong to the line before.
 * No part of the pattern can match in two ways, so a line of megabytes costs no more than reading it.
 */
const pythonLine =
  /^(?:\s*$|[ \t]|#|@\w|(?:async[ \t]+)?def[ \t]+\w+[ \t]*\(|class[ \t]+\w+[ \t]*[(:]|import[ \t]+\w|from[ \t]+\S+[ \t]+import\b|[)\]}]|"""|''')/
const statement = /^(?:if|for|while|with|try|else|elif|except|finally)\b/
const assignment = /^[A-Za-z_][\w.]*[ \t]*(?:,[ \t]*[\w.]+[ \t]*)*(?:[[:][^=]*|[-+*/%|&^@]{1,2})?=/
const call = /^[A-Za-z_][\w.]*\(/

/** No program has longer lines, and the patterns overflow the stack at some megabytes. */
const maxLineLength = 100_000

export function readsAsPython(line: string): boolean {
  if (line.length > maxLineLength) return false
  return (
    pythonLine.test(line) ||
    (statement.test(line) && line.includes(':')) ||
    assignment.test(line) ||
    (call.test(line) && /[),:([{]$/.test(line.trimEnd()))
  )
}
