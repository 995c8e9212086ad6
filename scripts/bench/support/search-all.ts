import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { codeRecipe } from '../../../src/domain/recipes/code.ts'
import type { Task } from '../../../src/domain/tasks/task.ts'
import type { Search } from './solver-thread.ts'

interface Limits {
  readonly threads: number
  readonly limitMs: number
}

/** Searches every task, each as the prompt that a model gets, on so many threads; results in the order of the tasks. */
export async function searchAll(tasks: readonly Task[], { threads, limitMs }: Limits): Promise<Search[]> {
  const prompts = tasks.map(renderPrompt)
  const searches: Search[] = []
  let next = 0
  const work = async () => {
    const worker = new Worker(new URL('./solver-thread.ts', import.meta.url))
    for (let at = next++; at < prompts.length; at = next++) {
      worker.postMessage({ prompt: prompts[at], limitMs })
      const [search] = (await once(worker, 'message')) as [Search] // posted by our own thread
      searches[at] = search
    }
    await worker.terminate()
  }
  await Promise.all(Array.from({ length: threads }, work))
  return searches
}

/** Takes from a task only what may be shown. */
function renderPrompt({ train, test }: Task): string {
  const question = { train, testInputs: test.map(({ input }) => input) }
  return codeRecipe
    .renderMessages(question, null)
    .map(({ content }) => content)
    .join('\n\n')
}
