/** @returns undefined if the bytes hold no complete line */
export function wholeLines(
  bytes: Buffer,
  fromByte: number,
): { readonly text: string; readonly toByte: number } | undefined {
  const length = bytes.lastIndexOf('\n') + 1
  return length === 0 ? undefined : { text: bytes.toString('utf8', 0, length), toByte: fromByte + length }
}
