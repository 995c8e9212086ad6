import { useState } from 'react'
import type { DiscussionModel } from '../../../src/api/documents.ts'
import { packTransforms } from '../../../src/domain/grids/transforms/pack-transforms.ts'
import { Link } from '../address/Link.tsx'
import { navigate } from '../address/navigate.ts'
import type { Route } from '../address/route.ts'
import { abilitiesAddress, addressOf, api, discussionsAddress } from '../data/api.ts'
import { useResource } from '../data/resources.ts'
import { readDrawing } from '../editor/sessions.ts'
import { Failure } from '../parts/Failure.tsx'
import { SaidLine, useChange } from '../parts/hooks/use-change.tsx'
import { useTitle } from '../parts/hooks/use-title.ts'
import { needPerson, useGivenName } from '../preferences/person.ts'
import { store, useStored } from '../preferences/stored.ts'
import { AskForm } from './AskForm.tsx'
import { ContextChoice, nothingChosen } from './ContextChoice.tsx'
import styles from './DiscussPage.module.css'
import { RunOnTask } from './RunOnTask.tsx'
import { TaskStrip } from './TaskStrip.tsx'
import { TurnItem } from './TurnItem.tsx'
import { useConversation } from './use-conversation.ts'
import { useStayAtEnd } from './use-stay-at-end.ts'

type DiscussRoute = Extract<Route, { readonly page: 'discuss' }>

/** A conversation with models about a task. */
export function DiscussPage({ route }: { readonly route: DiscussRoute }) {
  const { key, view, discussion: id } = route
  const person = useGivenName()
  const task = useResource(addressOf(key, view), () => api.readTask(key, view))
  const all = useResource(discussionsAddress(key, person), () => api.readDiscussions(key, person))
  const abilities = useResource(abilitiesAddress, api.readAbilities)
  const conversation = useConversation(id)
  const { document, coming, isAnswering } = conversation
  const { said, change } = useChange()
  const [chosen, setChosen] = useState(nothingChosen)
  const [accepted, setAccepted] = useState<string>()
  const draft = useStored(`discuss.${key}`) ?? ''
  const preferred = useStored('discuss.model')
  const list = all.state === 'loading' ? undefined : all.value
  // Under another name the list is read again. The form stays meanwhile, with the focus in it.
  const [latest, setLatest] = useState(list)
  if (list !== undefined && list !== latest) setLatest(list)
  useTitle(`Discuss ${key}`)
  useStayAtEnd()

  if (task.state === 'failed' && !task.value) {
    const wayBack = <Link to={{ page: 'gallery', filters: {} }}>All tasks</Link>
    return <Failure title="This task cannot be discussed" error={task.error} wayBack={wayBack} />
  }
  const shownTask = task.state === 'loading' ? undefined : task.value
  const ability = abilities.state === 'loading' ? undefined : abilities.value
  const model = chooseModel(latest?.models ?? [], preferred)
  const isOwn = document === undefined || document.person === person
  const mayAsk = ability?.may_act === true && isOwn
  const drawing = shownTask && readDrawing(`${shownTask.hash}.${view.test}`)

  const ask = async (send: Parameters<typeof conversation.ask>[0]) => {
    const begun = await conversation.ask(send)
    if (begun === undefined) return false
    if (begun !== id) navigate({ ...route, discussion: begun }, { replace: true })
    return true
  }
  const send = async () => {
    const who = await needPerson()
    if (who === undefined || model === undefined) return
    const question = {
      person: who,
      model: model.key,
      accept_unknown_price: accepted === model.key,
      text: draft,
      version: view.version,
      steps: packTransforms(view.steps),
      traces: chosen.traces,
      drawing: chosen.drawing && drawing ? { test: view.test, grid: drawing } : null,
      sample: chosen.sample && view.sample ? { run: view.sample.run, sample: view.sample.index } : null,
    }
    const isAsked = await ask((onEvent) =>
      id === undefined ? api.beginDiscussion({ task: key, ...question }, onEvent) : api.askNext(id, question, onEvent),
    )
    // A question that was refused stays where it was typed.
    if (!isAsked) return
    store(`discuss.${key}`, '')
    setChosen(nothingChosen)
  }
  const again = () => {
    if (id === undefined || model === undefined || person === undefined) return
    const body = { person, model: model.key, accept_unknown_price: accepted === model.key }
    void ask((onEvent) => api.askAgain(id, body, onEvent))
  }
  const stop = () => {
    if (id === undefined || person === undefined) return
    api.stopAnswer(id, person).catch((error: unknown) => conversation.report(String(error)))
  }
  const keep = (question: string) =>
    void change(async (who) => {
      if (id === undefined) return undefined
      const trace = await api.keepAnswer(id, { person: who, question })
      return { text: `Kept as a trace of ${trace.username}.` }
    })

  return (
    <main className={styles.page} id="main">
      <div className={styles.head}>
        <h1 tabIndex={-1}>Discuss {key}</h1>
        <Link to={{ page: 'task', key, view, filters: {} }}>To the task</Link>
        <span className="spacer" />
        {id !== undefined && (
          <Link className="button" to={{ page: 'discuss', key, view }}>
            New conversation
          </Link>
        )}
      </div>
      {shownTask && <TaskStrip task={shownTask} />}
      {list && list.discussions.length > 0 && (
        <details className={styles.earlier}>
          <summary>Your conversations about this task ({list.discussions.length})</summary>
          <ul>
            {list.discussions.map(({ id: other, title, at }) => (
              <li key={other}>
                <Link
                  to={{ page: 'discuss', key, view, discussion: other }}
                  aria-current={other === id ? 'page' : undefined}
                >
                  {title || other}
                </Link>{' '}
                <span className="hint">{new Date(at).toLocaleDateString(undefined, { dateStyle: 'medium' })}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
      <ol className={styles.turns}>
        {document?.turns.map((turn, index) => {
          const isLast = index === document.turns.length - 1
          return (
            <TurnItem
              key={turn.id}
              turn={turn}
              coming={isLast && turn.answer.state === 'under-way' ? coming : undefined}
              isLast={isLast}
              onAgain={mayAsk && model ? again : undefined}
              renderTools={(program) => <RunOnTask taskKey={key} view={view} program={program} />}
              onKeep={mayAsk ? () => keep(turn.id) : undefined}
            />
          )
        })}
      </ol>
      {conversation.problem !== undefined && (
        <p className="notice" role="alert">
          {conversation.problem}
        </p>
      )}
      <SaidLine said={said} />
      <p className="visually-hidden" role="status">
        {conversation.news}
      </p>
      {ability && !ability.may_act && <p className="notice">{ability.reason}</p>}
      {!isOwn && <p className="notice">Only {document.person}, who began this conversation, may go on with it.</p>}
      {mayAsk && latest && (
        <>
          <ContextChoice
            taskKey={key}
            sample={view.sample}
            hasDrawing={drawing !== undefined}
            chosen={chosen}
            onChoose={setChosen}
          />
          <AskForm
            models={latest.models}
            model={model}
            budget={latest.budget}
            text={draft}
            isAnswering={isAnswering}
            accepted={accepted !== undefined && accepted === model?.key}
            onText={(text) => store(`discuss.${key}`, text)}
            onModel={(chosenKey) => store('discuss.model', chosenKey)}
            onAccept={(isAccepted) => setAccepted(isAccepted ? model?.key : undefined)}
            onSend={() => void send()}
            onStop={stop}
          />
        </>
      )}
    </main>
  )
}

/** The one used last, else the first that has its key. */
function chooseModel(models: readonly DiscussionModel[], preferred: string | undefined): DiscussionModel | undefined {
  const usable = models.filter(({ has_key }) => has_key)
  return usable.find(({ key }) => key === preferred) ?? usable[0]
}
