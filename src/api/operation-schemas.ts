import { z } from 'zod'
import { recipeNames } from '../domain/recipes/find-recipe.ts'
import { runKeyPattern } from '../runs/name-run.ts'

/* What people ask for when they start and steer runs. The flags themselves are checked by the rules of the commands. */

const maxFlagLength = 64 * 1024
const flagRule = { error: 'must be a text or a number, as on the command line' }
const textSchema = z.string(flagRule).max(maxFlagLength, flagRule)

const flagsSchema = z.record(
  z.string(),
  z.union([textSchema, z.number(flagRule), z.array(textSchema).min(1, flagRule)], flagRule),
  { error: 'must be an object of flags, such as {"best_of": 4}' },
)

export const orderSchema = z.object({
  kind: z.literal(['benchmark', 'generation'], { error: 'must be `benchmark` or `generation`' }),
  recipe: z.literal(recipeNames, { error: `must be one of ${recipeNames.join(', ')}` }),
  flags: flagsSchema,
})

const keyRule = { error: 'must be a key such as 20261127-143722-ab12, the same when a request is repeated' }
export const startSchema = orderSchema.extend({ key: z.string(keyRule).regex(runKeyPattern, keyRule) })

const steeringActions = ['pause', 'unpause', 'interrupt', 'cancel'] as const
export const steeringSchema = z.object({
  action: z.literal(steeringActions, { error: `must be one of ${steeringActions.join(', ')}` }),
})

const yesOrNo = z.boolean({ error: 'must be true or false' }).default(false)
const changesSchema = z.object({ flags: flagsSchema.default({}) })

/** With `open_only`, controls of an open run change, and a run that has ended is not opened again. */
export const resumeSchema = changesSchema.extend({ open_only: yesOrNo })

export const retrySchema = changesSchema.extend({
  /** Whether requests that the provider rejected are repeated too. */
  rejected: yesOrNo,
})
