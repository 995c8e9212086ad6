import type { DiscussionStore } from '../../adapters/discussions/discussion-store.ts'
import type { AskedLine, AskedModel, Discussion, QuestionLine } from '../../domain/discussions/discussion.ts'
import { listMessages } from '../../domain/discussions/list-messages.ts'
import { messageOf } from '../../domain/message-of.ts'
import type { Model } from '../../domain/models/model-spec.ts'
import type { AnswerEvent } from '../documents.ts'
import { askOnce, type Asking } from './ask-once.ts'

/** The outside world, as asking needs it. */
export interface DiscussingDependencies extends Asking {
  readonly store: DiscussionStore
  readonly createId: () => string
  /** Names this process, so that another one sees whether it lives. */
  readonly by: string
}

/** An answer under way. */
export interface LiveAnswer {
  readonly question: string
  readonly text: string
  readonly reasoning: string
  /** Gets everything from the answer's start to its end; a late listener first gets what it missed. */
  listen(listener: (event: AnswerEvent) => void): void
  stop(): void
  /** Resolves when its end is stored, or could not be. */
  readonly ended: Promise<void>
}

export interface Discussing {
  /** The answer that this process is getting for a conversation. */
  findLive(id: string): LiveAnswer | undefined
  /** Whether the process that asked still gets the answer. */
  isUnderWay(asked: AskedLine | undefined): boolean
  /**
   * Stores the question and sends it. The answer is received and stored even if nobody listens: it is paid for.
   *
   * @param question a new one, or one of the conversation's that is asked again
   * @returns `busy` while another question of the conversation is being answered
   */
  ask(discussion: Discussion, question: Omit<QuestionLine, 'type'>, model: Model): Promise<LiveAnswer | 'busy'>
}

export function createDiscussing(dependencies: DiscussingDependencies, isAlive: (by: string) => boolean): Discussing {
  const { store, createId, now, by } = dependencies
  const live = new Map<string, LiveAnswer>()
  /** Conversations whose next question is being stored. */
  const starting = new Set<string>()

  function begin(
    discussion: Discussion,
    question: Omit<QuestionLine, 'type'>,
    model: Model,
    asked: AskedLine,
  ): LiveAnswer {
    const controller = new AbortController()
    const listeners = new Set<(event: AnswerEvent) => void>()
    const came: { text: string; reasoning: string } = { text: '', reasoning: '' }
    const tell = (event: AnswerEvent) => listeners.forEach((listener) => listener(event))
    const earlier = discussion.turns.filter(({ id }) => id !== question.id)
    const messages = listMessages(earlier, question.content)

    async function run(): Promise<void> {
      try {
        const { result, settle } = await askOnce(
          dependencies,
          {
            model,
            messages,
            request: asked.request,
            answer: `${discussion.id}/${question.id}`,
            onDelta(delta) {
              came.text += delta.text
              came.reasoning += delta.reasoning
              tell({ type: 'delta', ...delta })
            },
          },
          controller.signal,
        )
        const at = now().toISOString()
        const time_seconds = (Date.parse(at) - Date.parse(asked.at)) / 1000
        const end = {
          type: 'answered',
          question: question.id,
          request: asked.request,
          at,
          ...result,
          time_seconds,
        } as const
        await store.append(discussion.id, [end])
        await settle()
        live.delete(discussion.id)
        tell({ type: 'end' })
      } catch (error) {
        live.delete(discussion.id)
        tell({ type: 'not-stored', message: `The answer could not be stored: ${messageOf(error)}` })
      }
    }

    const answer: LiveAnswer = {
      question: question.id,
      get text() {
        return came.text
      },
      get reasoning() {
        return came.reasoning
      },
      listen(listener) {
        if (came.text !== '' || came.reasoning !== '') listener({ type: 'delta', ...came })
        listeners.add(listener)
      },
      stop: () => controller.abort(new Error('stopped')),
      ended: Promise.resolve().then(run),
    }
    return answer
  }

  return {
    findLive: (id) => live.get(id),
    isUnderWay: (asked) => asked !== undefined && asked.by !== by && isAlive(asked.by),
    async ask(discussion, question, model) {
      const { id, turns } = discussion
      if (live.has(id) || starting.has(id)) return 'busy'
      starting.add(id)
      try {
        const at = now().toISOString()
        const request = createId()
        const asked = { type: 'asked', question: question.id, request, at, model: nameModel(model), by } as const
        const isNew = turns.every((turn) => turn.id !== question.id)
        await store.append(id, isNew ? [{ type: 'question', ...question }, asked] : [asked])
        const answer = begin(discussion, question, model, asked)
        live.set(id, answer)
        return answer
      } finally {
        starting.delete(id)
      }
    },
  }
}

function nameModel({ key, provider, id, username }: Model): AskedModel {
  return { key, provider, id, username }
}
