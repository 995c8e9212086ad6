/** One parameter of an address; omitted if it has no value. */
export type Parameter = readonly [name: string, value: string | undefined]

export function withQuery(path: string, parameters: readonly Parameter[]): string {
  const present = parameters.filter((parameter): parameter is [string, string] => Boolean(parameter[1]))
  const query = new URLSearchParams(present.map(([name, value]) => [name, value])).toString()
  return query === '' ? path : `${path}?${query}`
}

/** A whole number from 0; undefined for anything else. */
export function parseCount(text: string | null | undefined): number | undefined {
  return typeof text === 'string' && /^\d{1,6}$/.test(text) ? Number(text) : undefined
}

type Defined<Value> = { [Key in keyof Value]?: Exclude<Value[Key], undefined> }

export function withoutUndefined<Value extends object>(value: Value): Defined<Value> {
  return Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)) as Defined<Value>
}
