/** `1 task`, `2 tasks`, `1,000 tasks`; `plural` if it is not the word plus s. */
export function count(number: number, word: string, plural?: string): string {
  return `${number.toLocaleString('en-US')} ${inflect(number, word, plural)}`
}

/** The word's form after a number: `task` after 1, otherwise `tasks`. */
export function inflect(number: number, word: string, plural = `${word}s`): string {
  return number === 1 ? word : plural
}
