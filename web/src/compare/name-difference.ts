/** Fields of a run's specification: as the command's flag if they have one, or else in plain words. */
const names: Readonly<Record<string, string>> = {
  kind: 'the kind of run',
  recipe_version: 'the version of the recipe',
  prompt_hash: 'the wording of the prompt, by its hash',
  samples: '--best-of',
  rounds: '--rounds',
  solver: '--solver',
  grid_encoding: '--grid-encoding',
  programs_hash: 'the programs, by their hash',
  entry_points: 'the function to call',
  'limits.cpu_seconds_per_grid': '--cpu-seconds',
  'limits.cpu_seconds_per_program': '--program-cpu-seconds',
  'limits.wall_seconds_per_grid': '--wall-seconds',
  'limits.memory_bytes': 'memory of a program, in bytes',
}

/** `prompt_hash: "dd82ac59…", not "9a97d9f7…"` as people would say it, with hashes cut short. */
export function nameDifference(words: string): string {
  const [, field = '', rest = ''] = /^([^:]*): ([^]*)$/.exec(words) ?? []
  if (field === '') return words
  const values = rest
    .replace(/"([0-9a-f]{8})[0-9a-f]{56}"/g, '$1…')
    .replace(/^unset, not (.*)$/, 'not set, against $1')
    .replace(/^(.*), not unset$/, '$1, against not set')
  return `${names[field] ?? nameSampling(field)}: ${values}`
}

/** `sampling.maxTokens` as its flag, `sampling.parameters.top_k` as a parameter. */
function nameSampling(field: string): string {
  const [, parameter] = /^sampling\.parameters\.(.+)$/.exec(field) ?? []
  if (parameter !== undefined) return `parameter ${parameter}`
  const [, flag] = /^sampling\.(\w+)$/.exec(field) ?? []
  if (flag !== undefined) return `--${flag.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
  return field.replaceAll('_', ' ')
}
