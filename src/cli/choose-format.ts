import { extname } from 'node:path'
import { UsageError } from '../domain/usage-error.ts'

const formatsByEnding: Readonly<Record<string, string>> = {
  '.md': 'md',
  '.html': 'html',
  '.htm': 'html',
  '.json': 'json',
  '.txt': 'text',
}

interface FormatFlags<Format> {
  readonly format?: Format | undefined
  readonly json?: boolean | undefined
  readonly output?: string | undefined
}

/**
 * The format requested by `--format`, by `--json`, or by the extension of the output file; otherwise the first allowed one.
 *
 * @throws {UsageError} for an extension of any other format: the file would not be what its name says
 */
export function chooseFormat<Format extends string>(
  allowed: readonly [Format, ...Format[]],
  { format, json, output = '' }: FormatFlags<Format>,
): Format {
  if (format !== undefined) return format
  const ending = extname(output).toLowerCase()
  const named = json ? 'json' : formatsByEnding[ending]
  if (named === undefined && ending !== '') {
    throw new UsageError(
      `--output ${output}: there is no ${ending} format; end the name in ${Object.keys(formatsByEnding).join(', ')}, or choose one with --format ${allowed.join('|')}.`,
    )
  }
  return allowed.find((each) => each === named) ?? allowed[0]
}
