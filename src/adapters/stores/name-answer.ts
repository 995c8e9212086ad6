/** The file of an answer within its run, in folders by the first two digits, since there may be hundreds of thousands. */
export function nameAnswer(key: string): `answers/${string}` {
  return `answers/${key.slice(0, 2)}/${key}.json`
}
