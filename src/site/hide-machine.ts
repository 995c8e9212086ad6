/** What is known of the machine and its user, and does not belong into anything that is published. */
export interface MachineFacts {
  /** Absolute paths: of the data folder, the project, the home folder, datasets. */
  readonly paths: readonly string[]
  /** Base URLs that are not those of public providers. */
  readonly addresses: readonly string[]
  /** Names of variables that hold keys, and the keys. */
  readonly variables: readonly { readonly name: string; readonly value: string | undefined }[]
}

/** Shorter ones are placeholders (`none`, `EMPTY`), and would match in every other answer. */
const minSecretLength = 8

/**
 * Fields in Arcloom's or a provider's own words, in which any path, address or key is hidden, known or not. What models wrote,
 * and what their programs printed, stays as it is but for what is known of the machine.
 */
const ownWords = new Set([
  'reason',
  'waiting_for',
  'failure',
  'problem',
  'rejected',
  'lost',
  'warnings',
  'origin',
  'file',
  'python',
])

/** @returns a function that copies a document without what is of the machine */
export function createMachineHiding(facts: MachineFacts): (document: unknown) => unknown {
  const hideKnown = createReplacement([
    // The longest first: a dataset's path begins with that of its folder.
    ...facts.variables.flatMap(({ value = '' }): Hidden[] =>
      value.length < minSecretLength ? [] : [{ text: value, shown: '[key]' }],
    ),
    ...facts.variables.map(({ name }): Hidden => ({ text: name, shown: '[variable]' })),
    ...facts.addresses.flatMap(listAddressForms).map((text): Hidden => ({ text, shown: '[address]' })),
    ...facts.paths
      .map((path) => path.replace(/\/+$/, ''))
      .filter((path) => path.length > 1)
      .map((text): Hidden => ({ text, shown: '…' })),
  ])

  const hide = (value: unknown, isOwn: boolean): unknown => {
    if (typeof value === 'string') return isOwn ? hideShapes(hideKnown(value)) : hideKnown(value)
    if (Array.isArray(value)) return isGridRow(value) ? value : value.map((each) => hide(each, isOwn))
    if (typeof value !== 'object' || value === null) return value
    // A fault in a file is told by its file, place and message.
    const ofFault = 'file' in value && 'message' in value
    return Object.fromEntries(
      Object.entries(value).map(([name, each]) => [
        name,
        hide(each, isOwn || ownWords.has(name) || (ofFault && name === 'message')),
      ]),
    )
  }
  return (document) => hide(document, false)
}

interface Hidden {
  readonly text: string
  readonly shown: string
}

function createReplacement(hidden: readonly Hidden[]): (text: string) => string {
  if (hidden.length === 0) return (text) => text
  const shown = new Map(hidden.map(({ text, shown }) => [text, shown]))
  const longestFirst = [...shown.keys()].toSorted((a, b) => b.length - a.length).map((text) => RegExp.escape(text))
  const pattern = new RegExp(longestFirst.map((each) => `${each}(?![\\w-])`).join('|'), 'g')
  return (text) => text.replaceAll(pattern, (match) => shown.get(match) ?? match)
}

/** `http://host:1/v1`, `http://host:1` and `host:1` */
function listAddressForms(address: string): string[] {
  if (!URL.canParse(address)) return [address]
  const { origin, host, hostname, port } = new URL(address)
  // A name alone may be a word of any text.
  return [address, origin, host].filter((form) => form !== hostname || port !== '' || hostname.includes('.'))
}

const shapes: readonly (readonly [RegExp, string])[] = [
  [/\bhttps?:\/\/[^\s"'<>)\]]*[^\s"'<>)\].,;:]/g, '[address]'],
  [/\b(?:localhost|\d{1,3}(?:\.\d{1,3}){3}):\d{1,5}\b|\[[0-9a-f:]{2,39}\]:\d{1,5}/gi, '[address]'],
  [/\b(?:sk|pk|gsk|xai|key)-[\w-]{12,}/g, '[key]'],
  [/\b[A-Z][A-Z0-9]*_(?:[A-Z0-9]+_)*(?:KEY|TOKEN|SECRET|PASSWORD)\b/g, '[variable]'],
]

function hideShapes(text: string): string {
  const rest = shapes.reduce((words, [shape, shown]) => words.replaceAll(shape, shown), text)
  // Of a path its last name is kept, which says what is meant.
  return rest.replaceAll(/(?<![\w.…\]:/])\/(?:[^\s/"'<>]+\/)+([^\s/"'<>]*)/g, '…/$1')
}

/** Grids are most of a document, and hold no text. */
function isGridRow(list: readonly unknown[]): boolean {
  return typeof list[0] === 'number'
}
