/** What is wrong with a field. The command line first says which flag it speaks of, and what it was given: both stand above it here. */
export function wordAtField(message: string): string {
  return message.replace(/^option '.*' argument '.*' is invalid\. /s, '')
}
