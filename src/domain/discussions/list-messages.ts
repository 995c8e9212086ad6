import type { Message } from '../recipes/recipe.ts'
import type { Turn } from './discussion.ts'

const system = `You discuss a task with a person who studies it. The task shows pairs of grids, and one rule turns each input into its output. Nobody has shown you the outputs of the test inputs, and the person may want to find the rule without being told: answer what was asked, and give the whole rule away only if they ask for it.

Check what you claim on the train pairs before you claim it, and say when you are not sure. Write Markdown. If you write a program, write it whole, in one fenced Python block that defines \`solve_task(input_grid)\`; it gets a grid as a list of lists of int and returns one, and may use numpy. If you write a grid, write it as the grids of the task are written, in a fenced block of its own.`

/**
 * The messages of a request: what was asked and answered so far, and the new question. Questions that nothing answered are left
 * out, since two in a row confuse models; the task is shown again if such a question was the one to show it (`needsTask`).
 *
 * @param turns those before the question
 * @param content of the question
 */
export function listMessages(turns: readonly Turn[], content: string): Message[] {
  return [
    { role: 'system', content: system },
    ...turns.flatMap((turn): Message[] =>
      isAnswered(turn)
        ? [
            { role: 'user', content: turn.content },
            { role: 'assistant', content: turn.answer?.text ?? '' },
          ]
        : [],
    ),
    { role: 'user', content },
  ]
}

/** Whether a question has to show the task, because the model has not seen it in this version so far. */
export function needsTask(turns: readonly Turn[], taskHash: string): boolean {
  return turns.filter((turn) => isAnswered(turn) && turn.shown.task_hash !== null).at(-1)?.shown.task_hash !== taskHash
}

/** A stopped answer is part of the conversation, as far as it came; a failed one is not. */
function isAnswered({ answer }: Turn): boolean {
  return answer !== undefined && answer.outcome !== 'failed' && answer.text.trim() !== ''
}
