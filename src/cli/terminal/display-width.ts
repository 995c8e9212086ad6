/** East Asian letters and emoji take two columns of a terminal. */
const wide =
  /\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}|[\u3000-\u303F\uFF01-\uFF60]|\p{Emoji_Presentation}/u
const none = /\p{Mark}|\u200D|\uFE0F/u

/** How many columns a text takes on a terminal. */
export function measureWidth(text: string): number {
  let width = 0
  for (const letter of text) width += none.test(letter) ? 0 : wide.test(letter) ? 2 : 1
  return width
}

/** Cuts a text to at most this many columns; `…` replaces what does not fit. */
export function cutToWidth(text: string, columns: number): string {
  if (measureWidth(text) <= columns) return text
  return columns < 1 ? '' : `${takeWidth(text, columns - 1).trimEnd()}…`
}

/**
 * Breaks a text into lines between words; breaks words that are longer than a line.
 *
 * @param maxLines `…` replaces what does not fit in them
 */
export function wrapToWidth(text: string, columns: number, maxLines: number): string[] {
  const lines = ['']
  for (const word of text.split(/\s+/).flatMap((word) => breakWord(word, columns))) {
    const line = lines.at(-1) ?? ''
    const joined = line === '' ? word : `${line} ${word}`
    if (measureWidth(joined) <= columns) lines[lines.length - 1] = joined
    else lines.push(word)
  }
  const rest = lines.splice(maxLines - 1)
  return [...lines, cutToWidth(rest.join(' '), columns)].filter((line) => line !== '')
}

function breakWord(word: string, columns: number): string[] {
  const start = takeWidth(word, columns)
  return start === word || start === '' ? [word] : [start, ...breakWord(word.slice(start.length), columns)]
}

/** As much of the beginning of a text as fits. */
function takeWidth(text: string, columns: number): string {
  let taken = ''
  let width = 0
  for (const letter of text) {
    width += measureWidth(letter)
    if (width > columns) break
    taken += letter
  }
  return taken
}
