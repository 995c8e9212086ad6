/** `1 task`, `2 tasks`; `plural` where it is not the word with an s. */
export function count(number: number, word: string, plural = `${word}s`): string {
  return `${number.toLocaleString('en-US')} ${number === 1 ? word : plural}`
}
