import { count } from '../../../../domain/count.ts'
import { renderDuration } from '../../../../domain/format.ts'
import type { GateNote, NotedView } from './gate-note.ts'

/**
 * What the requests of a run wait for before they are sent, in words.
 *
 * @param notes of all processes that live
 * @returns null if none waits, or if other words say why (a model that is down, a paused run)
 */
export function describeGate(notes: readonly GateNote[], run: string, nowMs: number): string | null {
  const views = notes.flatMap((note) => note.views.filter((view) => view.run === run && view.waiting > 0))
  const waiting = views.reduce((sum, view) => sum + view.waiting, 0)
  const [longest] = views.toSorted((a, b) => b.waiting - a.waiting)
  if (longest === undefined) return null
  // Places of several workers add up; a pause holds for each of them.
  const places = views.reduce((sum, view) => sum + (view.places ?? 0), 0)
  return describeView({ ...longest, waiting, places }, nowMs)
}

function describeView(view: NotedView, nowMs: number): string | null {
  const { title, waiting, why, until_ms, places, per_second } = view
  const left = renderWhole(Math.max(1, Math.ceil(((until_ms ?? nowMs) - nowMs) / 1_000)))
  const wait = `${count(waiting, 'request')} ${waiting === 1 ? 'waits' : 'wait'}`
  switch (hasNoPart(view) ? 'lease' : why) {
    case 'asked':
      return `${title} asks us to wait: ${left}`
    case 'refused':
      return `${title} refused a request because there were too many; the next one is sent in ${left}`
    case 'announced':
      return `${title} says that its limit is used up; the next request is sent in ${left}`
    case 'requests':
      return `${wait} for the limit of requests a minute; the next one is sent in ${left}`
    case 'tokens':
      return `${wait} for the limit of tokens a minute; the next one is sent in ${left}`
    case 'places':
      return `${wait} for one of ${count(places ?? 0, 'place')}`
    case 'lease':
      return `${wait} for a part of the limit, all of which other workers use`
    case 'pace':
      return per_second === null ? null : `${wait}: ${title} accepts about ${renderRate(per_second)}`
    default:
      return null
  }
}

/** Whether other workers use all of the limit that is waited for, so that no time is known at which the next one is sent. */
function hasNoPart({ why, until_ms, places }: NotedView): boolean {
  return why === 'places' ? places === 0 : (why === 'requests' || why === 'tokens') && until_ms === null
}

/** Whole seconds: this is shown once a second. */
function renderWhole(seconds: number): string {
  return seconds < 60 ? `${seconds} s` : renderDuration(seconds)
}

function renderRate(perSecond: number): string {
  if (perSecond >= 1) return `${Math.round(perSecond)} requests a second`
  return `one request every ${Math.round(1 / perSecond)} s`
}
