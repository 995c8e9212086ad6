import type { Model, Sampling } from './model-spec.ts'

/** How a model is asked: as a person wishes, otherwise as its entry in the registry says. */
export function chooseSampling(model: Pick<Model, 'defaults' | 'parameters'>, wished: Sampling): Sampling {
  const { parameters: own, ...sampling } = { ...model.defaults, ...wished }
  const parameters = { ...model.parameters, ...own }
  return Object.keys(parameters).length === 0 ? sampling : { ...sampling, parameters }
}
