import type { StartView } from '../address/start-view.ts'

/** The command that does the same, to copy. */
export function renderCommand({ command, flags }: StartView): string {
  const words = Object.entries(flags).flatMap(([name, texts]) =>
    texts.map((text) => `--${name.replaceAll('_', '-')} ${quote(text)}`),
  )
  return ['npx arcloom', command, ...words].join(' ')
}

/** As a shell needs it. */
function quote(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
}
