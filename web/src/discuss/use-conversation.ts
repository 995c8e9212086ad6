import { useEffect, useRef, useState } from 'react'
import type { AnswerEvent, DiscussionDocument } from '../../../src/api/documents.ts'
import { messageOf } from '../../../src/domain/message-of.ts'
import { api, discussionAddress } from '../data/api.ts'
import { refresh, usePolling, useResource } from '../data/resources.ts'

/** What has come of an answer under way. */
export interface Coming {
  readonly text: string
  readonly reasoning: string
}

export interface Conversation {
  readonly document: DiscussionDocument | undefined
  readonly coming: Coming | undefined
  /** What is being asked while the server has not stored it yet. */
  readonly isAnswering: boolean
  /** What went wrong in this window, in words. */
  readonly problem: string | undefined
  /** What a screen reader is told: that an answer came, not each word of it. */
  readonly news: string
  /** Asks, and resolves when the question is stored. @returns the conversation's id, or undefined if it was refused */
  ask(send: (onEvent: (event: AnswerEvent) => void) => Promise<void>): Promise<string | undefined>
  report(problem: string): void
}

/** Text comes in many small pieces; drawing it for each would take more time than it takes to come. */
const drawEveryMs = 80

/** A conversation as the server has it, and the answer that is coming: asked here, or before a reload, or in another window. */
export function useConversation(id: string | undefined): Conversation {
  const address = id === undefined ? undefined : discussionAddress(id)
  const read = useResource(address, () => api.readDiscussion(id ?? ''))
  const document = read.state === 'loading' ? undefined : read.value
  const last = document?.turns.at(-1)?.answer
  const isUnderWay = last?.state === 'under-way'
  const [coming, setComing] = useState<Coming>()
  const [problem, setProblem] = useState<string>()
  const [news, setNews] = useState('')
  const isListening = useRef(false)

  const listen = async (
    send: (onEvent: (event: AnswerEvent) => void) => Promise<void>,
    onBegun: (id: string) => void,
  ): Promise<void> => {
    const came = { text: '', reasoning: '' }
    let timer: ReturnType<typeof setTimeout> | undefined
    isListening.current = true
    setProblem(undefined)
    setNews('')
    setComing(came)
    try {
      await send((event) => {
        if (event.type === 'begun') onBegun(event.discussion)
        else if (event.type === 'not-stored') setProblem(event.message)
        else if (event.type === 'delta') {
          came.text += event.text
          came.reasoning += event.reasoning
          timer ??= setTimeout(() => {
            timer = undefined
            setComing({ ...came })
          }, drawEveryMs)
        }
      })
      setNews('The answer has come.')
    } catch (error) {
      setProblem(messageOf(error))
    } finally {
      clearTimeout(timer)
      isListening.current = false
      setComing(undefined)
      refresh('/api/discussions')
    }
  }

  useEffect(() => {
    if (!isUnderWay || id === undefined || isListening.current) return
    // Another server of the data folder may have it: then the polling below shows its end.
    void listen(
      (onEvent) => api.followAnswer(id, onEvent).catch(() => undefined),
      () => undefined,
    )
    // Once for each answer that this window did not ask for.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [isUnderWay, id])
  usePolling(address ?? '', isUnderWay && coming === undefined ? 2_000 : undefined)

  return {
    document,
    coming,
    isAnswering: coming !== undefined || isUnderWay,
    problem: problem ?? (read.state === 'failed' ? read.error.message : undefined),
    news,
    report: setProblem,
    ask: (send) =>
      new Promise((resolve) => {
        void listen(send, (begun) => {
          resolve(begun)
          refresh('/api/discussions')
        }).then(() => resolve(undefined))
      }),
  }
}
