/** Fields of a run's specification in plain words; those of other names say what they are. */
const names: Readonly<Record<string, string>> = {
  kind: 'the kind of run',
  recipe_version: 'the version of the recipe',
  prompt_hash: 'the wording of the prompt, by its hash',
  samples: 'samples per task',
  rounds: 'rounds per sample',
  programs_hash: 'the programs, by their hash',
  entry_points: 'the function to call',
}

/** `prompt_hash: "dd82ac59…", not "9a97d9f7…"` as people would say it, with hashes cut short. */
export function nameDifference(words: string): string {
  const [, field = '', rest = ''] = /^([^:]*): ([^]*)$/.exec(words) ?? []
  if (field === '') return words
  const name = names[field] ?? field.replace(/^(?:sampling|limits)\./, '').replaceAll('_', ' ')
  return `${name}: ${rest.replace(/"([0-9a-f]{8})[0-9a-f]{56}"/g, '$1…')}`
}
