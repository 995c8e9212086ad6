import { findProvider } from '../providers/providers.ts'
import type { RequestPart } from './find-refused-part.ts'
import type { Model } from './model-spec.ts'

type NamedModel = Pick<Model, 'key' | 'provider' | 'id' | 'baseUrl' | 'systemRole' | 'tokenLimitParameter'>

/** What to write or to leave out so that a model takes every request, as whole sentences. */
export function adviseOnRefusal(part: RequestPart, model: NamedModel, reason: string): string {
  if (part === 'stream') {
    const entry = adviseOnEntry(model, '"stream": false')
    return `Every request of this run has that. Resume it with --no-stream. For later runs: ${entry}`
  }
  return `Every request of this run has that. ${adviseOnPart(part, model, reason)} Then start the run again.`
}

function adviseOnPart(part: Exclude<RequestPart, 'stream'>, model: NamedModel, reason: string): string {
  if (part === 'system-role') {
    const isUnknownName = model.systemRole === 'developer'
    if (model.systemRole === 'user') return 'The system message is part of the first user message already.'
    return adviseOnEntry(model, `"systemRole": "${isUnknownName ? 'system' : 'user'}"`)
  }
  if (part === 'temperature') return `${adviseOnEntry(model, '"temperature": false')} Or leave out --temperature.`
  if (part === 'reasoning-effort') {
    return 'Leave out --reasoning-effort, and defaults.reasoningEffort of its entry, or give another value.'
  }
  const name = /use '?(max_completion_tokens|max_tokens)/i.exec(reason)?.[1]
  return name === undefined ? 'Give another --max-tokens.' : adviseOnEntry(model, `"tokenLimitParameter": "${name}"`)
}

/** A model that was named as `provider/model-id` has no entry yet, and one of any name is found by its id. */
function adviseOnEntry({ key, provider, id, baseUrl }: NamedModel, field: string): string {
  if (!key.includes('/')) return `In arcloom.models.json, add ${field} to the entry ${key}.`
  const isDefaultAddress = baseUrl === findProvider(provider).defaults.baseUrl
  const address = isDefaultAddress ? '' : `, "baseUrl": ${JSON.stringify(baseUrl)}`
  return `In arcloom.models.json, write {"MY_MODEL": {"provider": "${provider}", "id": ${JSON.stringify(id)}${address}, ${field}}}.`
}
