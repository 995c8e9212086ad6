import type { DescribedField, DescribedSection } from './parse-page.ts'
import type { DescribedType } from './parse-type.ts'

type Json = Readonly<Record<string, unknown>>

/** Compares values with their description on the page, and collects the fields that were seen. */
export function createChecker(sections: readonly DescribedSection[]) {
  const byAnchor = new Map(sections.map((section) => [section.anchor, section]))
  let seen = new Set<string>()

  /** @returns the faults, each with its path starting at `place` */
  function check(type: DescribedType, value: unknown, place: string): string[] {
    switch (type.kind) {
      case 'word':
        return checkWord(type.word, value, place)
      case 'section':
        return checkSection(type.anchor, value, place)
      case 'list':
        if (!Array.isArray(value)) return [`${place} is no list`]
        return value.flatMap((member, index) => check(type.of, member, `${place}[${index}]`))
      case 'map':
        if (!isObject(value)) return [`${place} is no object`]
        return Object.entries(value).flatMap(([key, member]) => check(type.of, member, `${place}[${quote(key)}]`))
      case 'union':
        return checkUnion(type.of, value, place)
    }
  }

  /** Only the alternative that fits best counts, with the fields seen in it. */
  function checkUnion(members: readonly DescribedType[], value: unknown, place: string): string[] {
    const before = seen
    const fitting = members.filter((member) => value === null || !isNull(member))
    const readings = fitting.map((member) => {
      seen = new Set()
      return { faults: check(member, value, place), seen }
    })
    const best = readings.reduce((a, b) => (b.faults.length < a.faults.length ? b : a))
    seen = before.union(best.seen)
    return best.faults
  }

  function checkSection(anchor: string, value: unknown, place: string): string[] {
    const section = byAnchor.get(anchor)
    if (section === undefined) return [`${place}: the page has no section #${anchor}`]
    if (section.values.length > 0) {
      return section.values.includes(String(value))
        ? []
        : [`${place} is ${quote(value)}, which "${section.title}" does not list`]
    }
    return checkFields(section, '', value, place)
  }

  /** @param prefix of the names of an object's fields within its section: empty, or ending in a dot */
  function checkFields(section: DescribedSection, prefix: string, value: unknown, place: string): string[] {
    if (!isObject(value)) return [`${place} is no object`]
    const fields = section.fields.filter(({ name }) => isDirectlyBelow(name, prefix))
    const known = new Set(fields.map(({ name }) => name.slice(prefix.length)))
    const unknown = Object.keys(value).filter((key) => !known.has(key))
    return [
      ...unknown.map((key) => `${place}.${key} is not in the table of "${section.title}"`),
      ...fields.flatMap((field) => checkField(section, field, value, prefix, place)),
    ]
  }

  function checkField(
    section: DescribedSection,
    { name, optional, type }: DescribedField,
    object: Json,
    prefix: string,
    place: string,
  ): string[] {
    const key = name.slice(prefix.length)
    if (!(key in object)) {
      return optional ? [] : [`${place}.${key} is missing, which "${section.title}" has in its table`]
    }
    seen.add(`${section.title}: ${name}`)
    const isHere = type.kind === 'word' && type.word === 'object'
    return isHere
      ? checkFields(section, `${name}.`, object[key], `${place}.${key}`)
      : check(type, object[key], `${place}.${key}`)
  }

  /** Fields of the page that no value had. */
  const listUnseen = () =>
    sections
      .flatMap(({ title, fields }) => fields.map(({ name }) => `${title}: ${name}`))
      .filter((name) => !seen.has(name))

  return { check, listUnseen }
}

function isNull(type: DescribedType): boolean {
  return type.kind === 'word' && type.word === 'null'
}

function isDirectlyBelow(name: string, prefix: string): boolean {
  return name.startsWith(prefix) && !name.slice(prefix.length).includes('.')
}

function checkWord(word: string, value: unknown, place: string): string[] {
  const holds = words[word]
  if (holds === undefined) return [`${place}: "${word}" is no type of the page`]
  return holds(value) ? [] : [`${place} is no ${word}: ${quote(value)}`]
}

const isNumber = (value: unknown) => typeof value === 'number' && Number.isFinite(value)
const isMatch = (pattern: RegExp) => (value: unknown) => typeof value === 'string' && pattern.test(value)

/** Explained to readers under "How to read the tables". */
const words: Readonly<Record<string, (value: unknown) => boolean>> = {
  text: (value) => typeof value === 'string',
  integer: Number.isInteger,
  number: isNumber,
  boolean: (value) => typeof value === 'boolean',
  null: (value) => value === null,
  seconds: (value) => isNumber(value) && Number(value) >= 0,
  milliseconds: (value) => isNumber(value) && Number(value) >= 0,
  USD: (value) => isNumber(value) && Number(value) >= 0,
  tokens: Number.isInteger,
  time: isMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
  date: isMatch(/^\d{4}-\d\d-\d\d$/),
  hash: isMatch(/^[0-9a-f]{64}$/),
  grid: (value) => Array.isArray(value) && value.every((row) => Array.isArray(row) && row.every(Number.isInteger)),
  anything: () => true,
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function quote(value: unknown): string {
  return (JSON.stringify(value) ?? 'undefined').slice(0, 80)
}
