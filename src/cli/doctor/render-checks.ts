import { stopsRuns, type Check } from './check.ts'
import type { Configuration } from './describe-configuration.ts'
import { wrapWords } from './wrap-words.ts'

const maxColumns = 100

/** Distinguished by shape: full, half, empty. */
const marks = { ok: '●', worthKnowing: '◐', missing: '○' } as const

/**
 * Renders checks for people: one line per check; a failed one also with what is needed and the command that fixes it.
 *
 * @param terminalColumns Infinity if there is none
 */
export function renderChecks(
  checks: readonly Check[],
  configuration: Configuration | undefined,
  terminalColumns = Infinity,
): string {
  const columns = Math.min(maxColumns, terminalColumns)
  const width = Math.max(...checks.map(({ name }) => name.length))
  return [
    ...checks.flatMap((check) => renderCheck(check, width, columns)),
    ...(configuration ? ['', ...renderConfiguration(configuration, columns)] : []),
    '',
    ...conclude(checks),
  ].join('\n')
}

function renderCheck(check: Check, width: number, columns: number): string[] {
  const { name, ok, needed, found, mend } = check
  const mark = ok ? marks.ok : stopsRuns(check) ? marks.missing : marks.worthKnowing
  const indent = ' '.repeat(width + 4)
  return [
    ...hang(`${mark} ${name.padEnd(width)}  `, found, indent, columns),
    ...(ok ? [] : hang(`${indent}needed: `, needed, `${indent}        `, columns)),
    // Never wrapped, so that it can be copied.
    ...(mend === null ? [] : [`${indent}fix:    ${mend}`]),
  ]
}

function renderConfiguration(
  { project, data_folder, models_files, env_file, set_by }: Configuration,
  columns: number,
): string[] {
  const rows = [
    ['project', project],
    ['data folder', data_folder],
    ['models', models_files.join(' ')],
    ['.env', env_file === null ? 'none' : `${env_file}, which sets ${listNames(set_by.env_file)}`],
    ['environment', `sets ${listNames(set_by.environment)}`],
  ] as const
  const width = Math.max(...rows.map(([title]) => title.length))
  const indent = ' '.repeat(width + 4)
  return [
    'Settings in force:',
    ...rows.flatMap(([title, text]) => hang(`  ${title.padEnd(width)}  `, text, indent, columns)),
  ]
}

function listNames(names: readonly string[]): string {
  return names.length === 0 ? 'no setting' : names.join(', ')
}

function conclude(checks: readonly Check[]): string[] {
  const lacking = checks.filter(stopsRuns).map(({ name }) => name)
  const notes = checks.some((check) => !check.ok && !stopsRuns(check))
  return [
    lacking.length === 0
      ? `${marks.ok} Everything required is installed.`
      : `${marks.missing} Missing: ${lacking.join(', ')}.`,
    ...(notes ? [`${marks.worthKnowing} marks what Arcloom can work without.`] : []),
  ]
}

/** The first line follows the lead, the others are indented below it. */
function hang(lead: string, text: string, indent: string, columns: number): string[] {
  return wrapWords(text, columns - indent.length).map((line, index) => (index === 0 ? lead : indent) + line)
}
