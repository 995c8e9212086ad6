import type { AskingRun } from '../runs/run.ts'
import type { Example } from './example.ts'
import type { Standing } from './guard.ts'

/** Where the question of an example comes from: the same for all answers to it. */
export function describeQuestion(run: AskingRun, { item, call }: Example, standing: Standing) {
  const { specification } = run
  return {
    dataset: item.dataset,
    split: item.split,
    task_id: item.task_id,
    version: item.version,
    derived_from: item.derived_from === undefined ? null : JSON.stringify(item.derived_from),
    task_hash: item.hash,
    run_id: run.run_id,
    item: item.key,
    recipe: specification.recipe,
    recipe_version: specification.recipe_version,
    prompt_hash: call.answer.sent.prompt,
    model: run.model.key,
    model_id: specification.model.id,
    provider: specification.model.provider,
    ...describeStanding(standing),
  }
}

/** What a task is to the evaluation sets, as rows say it. */
export function describeStanding({ evaluation, checked, checkedAgainst, kin }: Standing) {
  return {
    evaluation,
    evaluation_checked: checked,
    checked_against: checkedAgainst.join(', '),
    kin_to: kin?.name ?? null,
    kinship: kin?.kinship ?? null,
  }
}

/** Where the answer of an example comes from, and what is known of it. */
export function describeAnswer({ sample, round, call, trainCorrect, testCorrect }: Example) {
  const { answer } = call
  return {
    answer_key: answer.key,
    parameters: answer.sent.parameters,
    sample,
    round: answer.question.round,
    test_pair: answer.question.test_pair,
    outcome: call.outcome,
    verdict: round.run?.verdict ?? null,
    train_correct: trainCorrect,
    test_correct: testCorrect,
    program_hash: round.program_hash,
  }
}

/** The copied outputs of an example's program as one text, `train 1, test 1`; null where there is none. */
export function describeCopies({ copiedOutputs }: Example) {
  const pairs = new Set(copiedOutputs().map(({ pair }) => pair))
  return { copied_outputs: pairs.size === 0 ? null : [...pairs].join(', ') }
}
