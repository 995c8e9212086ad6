import type { AskingRun } from '../runs/run.ts'
import type { Example } from './example.ts'
import type { Standing } from './guard.ts'

/** Where an example's question comes from: the same for all answers to it. */
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

/** A task's relation to the evaluation sets, as rows have it. */
export function describeStanding({ evaluation, checked, checkedAgainst, kin }: Standing) {
  return {
    evaluation,
    evaluation_checked: checked,
    checked_against: checkedAgainst.join(', '),
    kin_to: kin?.name ?? null,
    kinship: kin?.kinship ?? null,
  }
}

/** Where an example's answer comes from, and what is known about it. */
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

/** The copied outputs of an example's program as one string, `train 1, test 1`; null if there are none. */
export function describeCopies({ copiedOutputs }: Example) {
  const pairs = new Set(copiedOutputs().map(({ pair }) => pair))
  return { copied_outputs: pairs.size === 0 ? null : [...pairs].join(', ') }
}
