/** A function of the library (python-library.ts), by its name. */
export interface LibraryName {
  readonly library: string
}

/** Values that mean the same in TypeScript and in Python. */
export type Literal =
  null | boolean | number | string | LibraryName | readonly Literal[] | { readonly [key: string]: Literal }

/** Renders a value as a Python literal; integer keys become integers. */
export function renderPythonLiteral(value: Literal): string {
  if (value === null) return 'None'
  if (value === true) return 'True'
  if (value === false) return 'False'
  if (typeof value === 'number' || typeof value === 'string') return JSON.stringify(value)
  if (isList(value)) return `[${value.map(renderPythonLiteral).join(', ')}]`
  if (isLibraryName(value)) return value.library
  const entries = Object.entries(value).map(([key, item]) => `${renderKey(key)}: ${renderPythonLiteral(item)}`)
  return `{${entries.join(', ')}}`
}

function isList(value: object): value is readonly Literal[] {
  return Array.isArray(value)
}

function isLibraryName(value: object): value is LibraryName {
  return 'library' in value
}

function renderKey(key: string): string {
  return /^-?\d+$/.test(key) ? key : JSON.stringify(key)
}
