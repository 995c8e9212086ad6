import { findUnsendable } from '../domain/models/find-unsendable.ts'
import type { BodyFields } from '../domain/models/own-fields.ts'
import { InvalidValue } from './parse-values.ts'

const example = `top_p=0.9 or '{"top_p": 0.9, "service_tier": "flex"}'`

/**
 * Parses fields of a request's body: `name=JSON`, or several as one JSON object. Repeatable; each field once.
 *
 * @param before what earlier texts gave
 */
export function parseParameter(text: string, before: BodyFields = {}): BodyFields {
  const fields = text.trim().startsWith('{') ? parseObject(text) : parsePair(text)
  for (const [name, value] of Object.entries(fields)) {
    if (!/^[a-zA-Z]\w{0,63}$/.test(name)) refuse(nameRule(name))
    if (Object.hasOwn(before, name)) refuse(`each field once; ${name} was given before`)
    const unsendable = findUnsendable(value)
    if (unsendable !== undefined) refuse(`a value that can be sent; ${name} is ${unsendable}`)
  }
  return { ...before, ...fields }
}

/** A path such as `reasoning.effort` would be sent as the name of one field, which no provider knows. */
function nameRule(name: string): string {
  const [field = '', inner] = name.split('.')
  const hint =
    inner === undefined ? `such as ${example}` : `with what is inside as an object: '${field}={"${inner}": …}'`
  return `the name of a field of the request, in letters, digits and underscores, ${hint}`
}

function parsePair(text: string): BodyFields {
  const [, name = '', json = ''] = /^([^=]*)=(.*)$/s.exec(text) ?? refuse(`name=JSON, such as ${example}`)
  return { [name.trim()]: parseJson(json, () => explainNoJson(name.trim(), json.trim())) }
}

function parseObject(text: string): BodyFields {
  const value = parseJson(
    text,
    (reason) => `name=JSON or a JSON object, such as ${example}; this is not JSON: ${reason}`,
  )
  return value as BodyFields // What begins with a brace is an object.
}

/** Most often a text was meant. */
function explainNoJson(name: string, text: string): string {
  return /^[\w.:/-]+$/.test(text)
    ? `a value in JSON; a text has quotes, and the shell needs others around them: '${name}="${text}"'`
    : `a value in JSON after the equals sign, such as ${example}`
}

function parseJson(text: string, explain: (reason: string) => string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    return refuse(explain(error instanceof Error ? error.message : String(error)))
  }
}

function refuse(allowed: string): never {
  throw new InvalidValue(`Allowed: ${allowed}.`)
}
