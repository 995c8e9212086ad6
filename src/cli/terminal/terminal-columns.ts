/** How wide the terminal is that stdout is; Infinity where it is a file or a pipe, whose readers want whole lines. */
export function terminalColumns(): number {
  return process.stdout.isTTY ? process.stdout.columns || 80 : Infinity
}
