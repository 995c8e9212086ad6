import type { RecipeName } from '../../domain/recipes/recipe.ts'
import type { AskingSpecification } from '../../domain/runs/specification.ts'
import { UsageError } from '../../domain/usage-error.ts'
import { InvalidValue } from '../parse-values.ts'
import { limitFlagRules, nameRule, runFlagRules, type FlagRule, type RunFlags } from '../run-flags.ts'

/** What somebody asks for who types no command: the same flags, by their names with underscores, as text or numbers. */
export interface RunOrder {
  readonly kind: AskingSpecification['kind']
  readonly recipe: RecipeName
  readonly flags: FlagTexts
}

export type FlagTexts = Readonly<Record<string, string | number | readonly string[]>>

/** Each recipe, by the command that asks it. */
export const orders = [
  { kind: 'benchmark', recipe: 'code' },
  { kind: 'benchmark', recipe: 'direct' },
  { kind: 'generation', recipe: 'reasoning' },
  { kind: 'generation', recipe: 'code' },
] as const satisfies readonly Pick<RunOrder, 'kind' | 'recipe'>[]

// Of `fallbacks` an order has no need: `param` says the same.
const {
  datasetDirectory: _1,
  useDatasetJson: _2,
  fallbacks: _3,
  stream: _4,
  batch: _5,
  batchRetry: _6,
  ...offered
} = runFlagRules
const common: Readonly<Record<string, FlagRule>> = { ...offered, name: nameRule }

/**
 * The flags that an order may set. Left out are those that reach outside: other addresses, other paths than the listed
 * datasets, and programs without a sandbox; and batches. Who means that types it.
 */
export function listOrderRules({ recipe }: Pick<RunOrder, 'recipe'>): Readonly<Record<string, FlagRule>> {
  return recipe === 'code' ? { ...common, ...limitFlagRules } : common
}

/**
 * Reads an order's flags by the command line's rules, with its error texts.
 *
 * @param onFault receives a `UsageError` for each flag that its rule refuses; such flags are left out
 * @throws {UsageError} if there is no such order
 */
export function parseOrder(order: RunOrder, onFault: (fault: unknown) => void): RunFlags {
  const { kind, recipe } = order
  if (!orders.some((each) => each.kind === kind && each.recipe === recipe))
    throw new UsageError(`There is no ${kind} of ${recipe}.`)
  return {
    bestOf: runFlagRules.bestOf.default,
    rounds: runFlagRules.rounds.default,
    gridEncoding: runFlagRules.gridEncoding.default,
    sandbox: 'auto',
    ...parseFlagTexts(order.flags, listOrderRules(order), onFault),
  }
}

/**
 * @param onFault receives a `UsageError` for each unknown flag and each value that its rule refuses; such flags are left out. By
 * default the first one is thrown.
 */
export function parseFlagTexts(
  texts: FlagTexts,
  rules: Readonly<Record<string, FlagRule>>,
  onFault: (fault: unknown) => void = throwFault,
): Readonly<Record<string, unknown>> {
  const entries = Object.entries(texts).flatMap(([name, value]) => {
    const field = name.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
    try {
      const rule = Object.hasOwn(rules, field) ? rules[field] : undefined
      if (rule === undefined) throw new UsageError(`unknown option '--${name.replaceAll('_', '-')}'`)
      return [[field, parseFlag(rule, value)] as const]
    } catch (fault) {
      onFault(fault)
      return []
    }
  })
  return Object.fromEntries(entries)
}

function throwFault(fault: unknown): never {
  throw fault
}

function parseFlag({ flags, parse = (text) => text, choices }: FlagRule, value: FlagTexts[string]): unknown {
  const [flag = ''] = flags.split(' ')
  const refuse = (text: string, allowed: string): never => {
    throw new UsageError(`option '${flags}' argument '${text}' is invalid. ${allowed}`, flag)
  }
  const read = (text: string, before?: never): unknown => {
    if (choices && !choices.includes(text)) refuse(text, `Allowed choices are ${choices.join(', ')}.`)
    try {
      return parse(text, before)
    } catch (error) {
      if (error instanceof InvalidValue) return refuse(text, error.message)
      throw error
    }
  }
  if (typeof value === 'object') return value.reduce<unknown>((before, text) => read(text, before as never), undefined)
  return read(String(value))
}
