import type { RunPageDocument } from '../../../../src/api/documents.ts'
import { count, inflect } from '../../../../src/domain/count.ts'

export type ActionName =
  'pause' | 'unpause' | 'interrupt' | 'cancel' | 'window' | 'budget' | 'resume' | 'retry' | 'retry-rejected'

/** What an action will do with a run, in one or two sentences with the numbers of the moment. */
export function explain(name: ActionName, about: RunPageDocument): string {
  const { tasks } = about.summary
  const words = about.summary.model === null ? verifying : asking(about)
  switch (name) {
    case 'pause':
      return `${words.nothingNew} until you unpause it.${words.waited}`
    case 'unpause':
      return words.again
    case 'interrupt':
      return `Ends the run: ${lower(words.nothingNew)}.${words.waited} Results are saved, and resuming continues it.`
    case 'cancel':
      return `Ends the run at once. ${words.cut} Resuming continues it.`
    case 'window':
      return 'How many tasks are open at once. Tasks that are open now are finished.'
    case 'budget':
      return 'The budget of the whole run, with what is spent already. No request is sent that could exceed it; once none can be sent, the run ends and can be resumed.'
    case 'resume': {
      const left = tasks.total - tasks.done
      return left === 0
        ? 'All tasks are recorded: it writes the results and ends.'
        : `Continues with the ${count(left, 'task')} not recorded yet.${words.kept}`
    }
    case 'retry':
      return `Does the ${count(tasks.failed, 'task')} again that failed for reasons other than the model.`
    case 'retry-rejected':
      return `Repeats the ${count(countRejected(about), 'request')} that the provider rejected, and what failed.${words.kept}`
  }
}

export function countRejected({ document }: RunPageDocument): number {
  return document?.rejections.reduce((sum, { count: times }) => sum + times, 0) ?? 0
}

interface Words {
  readonly nothingNew: string
  readonly again: string
  /** What becomes of what is under way, if it is let finish… */
  readonly waited: string
  /** …and if it is not. */
  readonly cut: string
  readonly kept: string
}

function asking({ summary: { in_flight }, no_budget }: RunPageDocument): Words {
  const requests = `${count(in_flight, 'request')} in flight`
  const are = inflect(in_flight, 'is', 'are')
  const isFree = no_budget === 'free'
  return {
    nothingNew: 'No new requests are sent',
    again: 'Requests are sent again.',
    waited:
      in_flight === 0
        ? ''
        : ` ${requests} ${are} waited for, and ${inflect(in_flight, 'its answer is', 'their answers are')} stored.`,
    cut: `${in_flight === 0 ? 'No request is in flight.' : `${requests} ${are} cut off${isFree ? '' : ' and may be paid for again'}.`} Stored answers are kept.`,
    kept: isFree ? ' Stored answers are kept.' : ' Stored answers are not paid for again.',
  }
}

const verifying: Words = {
  nothingNew: 'No new programs are run',
  again: 'Programs are run again.',
  waited: ' Those that are running now finish.',
  cut: 'Programs that are running now are stopped.',
  kept: '',
}

function lower(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1)
}
