/** Width of the terminal on stdout; Infinity for a file or a pipe, whose readers want whole lines. */
export function terminalColumns(): number {
  return process.stdout.isTTY ? process.stdout.columns || 80 : Infinity
}
