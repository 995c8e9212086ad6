import { chooseSampling } from '../domain/models/choose-sampling.ts'
import type { Model, Sampling } from '../domain/models/model-spec.ts'
import { findTakenField, type BodyFields } from '../domain/models/own-fields.ts'
import { parametersOf } from '../domain/models/parameters-of.ts'
import { asRecord } from '../domain/providers/json.ts'
import type { HostRouting } from '../domain/providers/provider.ts'
import { findApi, findProvider, providerNames } from '../domain/providers/providers.ts'
import { UsageError } from '../domain/usage-error.ts'
import type { RunFlags } from './run-flags.ts'

type ParameterFlags = Pick<RunFlags, 'param' | 'providerOnly' | 'providerOrder' | 'fallbacks' | 'quantizations'>

/**
 * The further fields of a model's requests: the registry's, those of `--param` in their place, and those that the flags for
 * OpenRouter's hosts add to them.
 *
 * @param sampling what the other flags say
 * @returns undefined if there are none
 * @throws {UsageError} for a field that Arcloom sends itself, and for hosts where there is only one
 */
export function readParameters(model: Model, sampling: Sampling, flags: ParameterFlags): BodyFields | undefined {
  const { param = {} } = flags
  const request = parametersOf(model, chooseSampling({ ...model, parameters: {} }, sampling))
  const taken = findTakenField(findApi(model), request, param)
  if (taken) throw new UsageError(`--param ${taken.field}: Arcloom sends this field itself; ${taken.advice}.`)
  const fields = addRouting({ ...model.parameters, ...param }, model, flags)
  return Object.keys(fields).length === 0 ? undefined : fields
}

function addRouting(fields: BodyFields, model: Model, flags: ParameterFlags): BodyFields {
  const { routing, flag } = readRouting(flags)
  if (flag === undefined) return fields
  const { renderRouting } = findProvider(model.provider)
  if (renderRouting === undefined) {
    const routers = providerNames.map(findProvider).flatMap((each) => (each.renderRouting ? each.title : []))
    throw new UsageError(
      `${flag} chooses among the hosts of ${routers.join(', ')}; ${model.key} is asked at ${model.baseUrl}.`,
    )
  }
  const added = Object.entries(renderRouting(routing)).map(([field, value]) => {
    const twice = Object.keys(asRecord(value)).find((key) => Object.hasOwn(asRecord(flags.param?.[field]), key))
    if (twice !== undefined) {
      throw new UsageError(
        `--param ${field}: it holds "${twice}", and so does a flag for the hosts: leave out one of the two.`,
      )
    }
    return [field, { ...asRecord(fields[field]), ...asRecord(value) }] as const
  })
  return { ...fields, ...Object.fromEntries(added) }
}

/** @returns the first of the flags that was given; undefined if none was */
function readRouting({ providerOnly, providerOrder, fallbacks, quantizations }: ParameterFlags): {
  readonly routing: HostRouting
  readonly flag: string | undefined
} {
  const left = providerOnly && providerOrder?.find((host) => !providerOnly.includes(host))
  if (left)
    throw new UsageError(
      `--provider-order names ${left}, which --provider-only leaves out: add it there, or remove it here.`,
    )
  const flag = [
    providerOnly && '--provider-only',
    providerOrder && '--provider-order',
    fallbacks === false && '--no-fallbacks',
    quantizations && '--quantizations',
  ].find((name) => typeof name === 'string')
  const routing = {
    ...(providerOnly && { only: providerOnly }),
    ...(providerOrder && { order: providerOrder }),
    ...(fallbacks === false && { fallbacks }),
    ...(quantizations && { quantizations }),
  }
  return { routing, flag }
}
