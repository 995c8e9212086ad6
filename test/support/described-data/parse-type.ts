/**
 * A type as written in the tables of `data/nature_of_data.md`: a word, a link to the section that describes an object or lists
 * the words allowed, `X[]` for a list, `X by name` for an object whose keys are data, `X or Y`, and brackets.
 */
export type DescribedType =
  | { readonly kind: 'word'; readonly word: string }
  | { readonly kind: 'section'; readonly anchor: string }
  | { readonly kind: 'list'; readonly of: DescribedType }
  | { readonly kind: 'map'; readonly of: DescribedType }
  | { readonly kind: 'union'; readonly of: readonly DescribedType[] }

/** @throws {SyntaxError} for anything that is not a type, with the text */
export function parseType(text: string): DescribedType {
  const tokens = text.match(/\[[^\]]+\]\(#[^)]+\)|\[\]|[()]|[^\s()[\]]+/g) ?? []
  let at = 0
  const fail = () => new SyntaxError(`no type: "${text}"`)

  function parseUnion(): DescribedType {
    const members = [parseMap()]
    while (tokens[at] === 'or') {
      at += 1
      members.push(parseMap())
    }
    const [only] = members
    return only !== undefined && members.length === 1 ? only : { kind: 'union', of: members }
  }

  function parseMap(): DescribedType {
    const of = parseList()
    if (tokens[at] !== 'by') return of
    at += 1
    // The names of the keys are for human readers.
    while (at < tokens.length && tokens[at] !== ')' && tokens[at] !== 'or') at += 1
    return { kind: 'map', of }
  }

  function parseList(): DescribedType {
    let type = parseOne()
    while (tokens[at] === '[]') {
      at += 1
      type = { kind: 'list', of: type }
    }
    return type
  }

  function parseOne(): DescribedType {
    const token = tokens[at]
    at += 1
    if (token === undefined || token === ')' || token === '[]') throw fail()
    const anchor = /\(#([^)]+)\)$/.exec(token)?.[1]
    if (anchor !== undefined) return { kind: 'section', anchor }
    if (token !== '(') return { kind: 'word', word: token }
    const inner = parseUnion()
    if (tokens[at] !== ')') throw fail()
    at += 1
    return inner
  }

  const type = parseUnion()
  if (at < tokens.length) throw fail()
  return type
}
