import { abilitiesAddress, api, stackAddress } from '../../data/api.ts'
import { usePolling, useResource } from '../../data/resources.ts'
import { currentSource } from '../../data/source.ts'

/** The stack comes and goes by commands; nobody waits for it here. */
const stackPollMs = 3_000

/** Whether visitors of this server may start anything; believed until it says otherwise. Never on a written site. */
export function useMayAct(): boolean {
  const { isLive } = currentSource()
  const abilities = useResource(isLive ? abilitiesAddress : undefined, api.readAbilities)
  return isLive && (abilities.state === 'loading' || abilities.value?.may_act !== false)
}

/**
 * Whether runs can be started and steered from here now.
 *
 * @returns why not, in words; null if they can, undefined while that is unknown, and on a written site, which only shows
 */
export function useActingProblem(): string | null | undefined {
  const { isLive } = currentSource()
  const abilities = useResource(isLive ? abilitiesAddress : undefined, api.readAbilities)
  const stack = useResource(isLive ? stackAddress : undefined, api.readStack)
  usePolling(stackAddress, stackPollMs)
  if (abilities.state === 'loading' || stack.state === 'loading') return undefined
  const failed = [abilities, stack].find((each) => each.state === 'failed' && each.value === undefined)
  if (failed?.state === 'failed') return failed.error.message
  if (abilities.value && !abilities.value.may_act) return abilities.value.reason ?? ''
  return stack.value?.problem ?? null
}
