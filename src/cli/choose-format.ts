import { extname } from 'node:path'

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

/** The format requested by `--format`, by `--json`, or by the extension of the output file; otherwise the first allowed one. */
export function chooseFormat<Format extends string>(
  allowed: readonly [Format, ...Format[]],
  { format, json, output = '' }: FormatFlags<Format>,
): Format {
  const ending = json ? 'json' : formatsByEnding[extname(output).toLowerCase()]
  return format ?? allowed.find((each) => each === ending) ?? allowed[0]
}
