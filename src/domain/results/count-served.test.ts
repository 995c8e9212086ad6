import { describe, expect, test } from '@jest/globals'
import { buildRecord } from '../../../test/support/build-record.ts'
import { buildPairs } from '../../../test/support/build-run.ts'
import type { ServedBy } from '../answers/served-by.ts'
import type { SampleRecord } from '../runs/record.ts'
import { createServedCounter } from './count-served.ts'

const task = buildPairs(1)
const right = task.test.map(({ output }) => output)
const azure: ServedBy = { host: 'Azure', model: 'm', service_tier: 'flex', system_fingerprint: 'fp_1' }
const novita: ServedBy = { host: 'Novita', model: 'm' }
const item = (name: string) => ({ key: name, task_id: name, version: 0, hash: name, dataset: 'own', split: 'training' })

/** A sample that is right or wrong, with those who answered each of its rounds. */
function sample(isRight: boolean, ...rounds: readonly (readonly ServedBy[])[]): SampleRecord {
  const [built] = buildRecord(item('a'), task, [{ passes: true, outputs: isRight ? right : [] }]).samples
  const [first] = built?.rounds ?? []
  if (built === undefined || first === undefined) throw new Error('there is one sample')
  return { ...built, rounds: rounds.map((servedBy) => ({ ...first, served_by: servedBy })) }
}

describe('who answered a run', () => {
  test('is counted per host and snapshot, each scored over its own samples alone', () => {
    const counter = createServedCounter(true)
    counter.add(item('a'), task, [sample(true, [azure]), sample(false, [azure]), sample(true, [novita])])
    counter.add(item('b'), task, [sample(true, [azure]), sample(true, [azure], [azure])])
    const counts = counter.counts()
    expect(counts).toMatchObject({ mixed_samples: 0, unknown_samples: 0, service_tiers: { flex: 4 } })
    expect(counts.by).toMatchObject([
      { host: 'Azure', model: 'm', samples: 4, scores: [{ tasks: 2, samples: 4, pass_at_1: { value: 0.75 } }] },
      { host: 'Novita', model: 'm', samples: 1, scores: [{ tasks: 1, samples: 1, pass_at_1: { value: 1 } }] },
    ])
  })

  test('is several for a sample whose rounds or test inputs went to more than one, and nobody where no reply says', () => {
    const counter = createServedCounter(true)
    counter.add(item('a'), task, [sample(true, [azure], [novita]), sample(true, [azure, novita]), sample(true, [])])
    expect(counter.counts()).toMatchObject({ by: [], mixed_samples: 2, unknown_samples: 1 })
  })

  test('is one where only its configuration changed, which is counted apart', () => {
    const counter = createServedCounter(true)
    counter.add(item('a'), task, [sample(true, [azure, { ...azure, system_fingerprint: 'fp_2' }])])
    expect(counter.counts()).toMatchObject({
      by: [{ samples: 1 }],
      mixed_samples: 0,
      system_fingerprints: { fp_1: 1, fp_2: 1 },
    })
  })

  test('keeps datasets apart, and scores nothing that is not judged', () => {
    const counter = createServedCounter(true)
    const unjudged = createServedCounter(false)
    for (const dataset of ['own', 'other']) {
      counter.add({ ...item('a'), dataset }, task, [sample(true, [azure])])
      unjudged.add({ ...item('a'), dataset }, task, [sample(true, [azure])])
    }
    expect(counter.counts().by[0]?.scores?.map(({ dataset }) => dataset)).toEqual(['other', 'own'])
    expect(unjudged.counts().by).toEqual([{ host: 'Azure', model: 'm', samples: 2, scores: null }])
  })
})
