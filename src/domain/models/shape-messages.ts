import type { Message } from '../recipes/recipe.ts'
import type { SystemRole } from './model-spec.ts'

/**
 * A request's messages as a model takes them: its system message under another role, or at the beginning of the first user
 * message. Messages that are shaped already stay as they are.
 */
export function shapeMessages(messages: readonly Message[], systemRole: SystemRole = 'system'): readonly Message[] {
  if (systemRole === 'developer') {
    return messages.map((message) => (message.role === 'system' ? { ...message, role: 'developer' } : message))
  }
  const system = messages.filter(({ role }) => role === 'system').map(({ content }) => content)
  if (systemRole === 'system' || system.length === 0) return messages
  const others = messages.filter(({ role }) => role !== 'system')
  const first = others.findIndex(({ role }) => role === 'user')
  if (first < 0) return [{ role: 'user', content: system.join('\n\n') }, ...others]
  return others.map((message, index) =>
    index === first ? { ...message, content: [...system, message.content].join('\n\n') } : message,
  )
}
