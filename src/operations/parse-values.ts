import { isIP } from 'node:net'

/** A flag's value is invalid. Whoever reports it names the flag and the value, followed by this message. */
export class InvalidValue extends Error {
  override readonly name = 'InvalidValue'
  /** By this, commander recognises the error as one about a value. */
  readonly code = 'commander.invalidArgument'
}

function refuse(allowed: string): never {
  throw new InvalidValue(`Allowed: ${allowed}.`)
}

/** Parses a whole number within a range. */
export function wholeNumber(min: number, max: number): (text: string) => number {
  return (text) => {
    const number = Number(text)
    const fits = /^[+-]?\d+$/.test(text.trim()) && number >= min && number <= max
    return fits ? number : refuse(`a whole number from ${min} to ${max.toLocaleString('en-US')}`)
  }
}

/** Parses a number within a range. */
export function numberBetween(min: number, max: number): (text: string) => number {
  return (text) => {
    const number = Number(text)
    const fits = text.trim() !== '' && number >= min && number <= max
    return fits ? number : refuse(`a number from ${min} to ${max.toLocaleString('en-US')}`)
  }
}

/** Half-open: the first index, and the one after the last. */
export interface TaskRange {
  readonly start: number
  readonly end: number
}

/** Parses `START:END`, or the Python original's `[START:END]`; either end may be omitted. */
export function parseRange(text: string): TaskRange {
  const match = /^\[?\s*(\d*)\s*:\s*(\d*)\s*\]?$/.exec(text.trim())
  const start = Number(match?.[1] || 0)
  const end = match?.[2] ? Number(match[2]) : Infinity
  if (match === null || start >= end) refuse('START:END with START below END, such as 0:5')
  return { start, end }
}

/** Parses `a,b`, or the Python original's `["a","b"]`. */
export function parseTaskIds(text: string): string[] {
  const ids = text
    .trim()
    .replace(/^\[|\]$/g, '')
    .split(',')
    .map((id) => id.trim().replace(/^(["'])(.*)\1$/, '$2'))
    .filter((id) => id !== '')
  return ids.length > 0 ? ids : refuse('task ids separated by commas')
}

/** Parses the name of a Python function. */
export function parseFunctionName(text: string): string {
  return /^[\p{L}_][\p{L}\p{N}_]*$/u.test(text) ? text : refuse('the name of a Python function, such as solve_task')
}

/** Parses an address to listen on; `localhost` means 127.0.0.1. */
export function ipAddress(text: string): string {
  const address = text.trim() === 'localhost' ? '127.0.0.1' : text.trim()
  return isIP(address) === 0 ? refuse('an IP address of this machine, such as 0.0.0.0 or 192.168.1.5') : address
}

/** Collects the values of a repeatable flag. */
export function collect(value: string, before: readonly string[] | undefined): string[] {
  return [...(before ?? []), value]
}
