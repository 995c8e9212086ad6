/** Lines of a text, whatever ends them. */
export function splitLines(text: string): string[] {
  return text.split(/\r\n|\r|\n/)
}
