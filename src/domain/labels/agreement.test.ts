import { describe, expect, test } from '@jest/globals'
import { comparePeople, measureAgreement, type LabelTable } from './agreement.ts'
import { labelNames, type GivenLabel, type LabelName } from './label.ts'

/** @param rows the first person's labels, in the order of `labelNames`; columns the second's */
function tableOf(...rows: readonly (readonly number[])[]): LabelTable {
  const name = (values: readonly unknown[]) =>
    Object.fromEntries(labelNames.map((label, index) => [label, values[index]]))
  return name(labelNames.map((_, row) => name(labelNames.map((__, column) => rows[row]?.[column] ?? 0)))) as LabelTable
}

function label(person: string, sample: number, name: LabelName, text_hash = 'h'): GivenLabel {
  return { at: '', person, run_id: 'r', item: 'i', sample, task_id: 't', text_hash, label: name, saw_outcome: false }
}

describe('measureAgreement', () => {
  test('gives the kappa of Cohen 1960, table 1', () => {
    const { agreement, kappa } = measureAgreement(tableOf([88, 14, 18], [10, 40, 10], [2, 6, 12]))
    expect(agreement).toBeCloseTo(0.7)
    expect(kappa).toBeCloseTo(0.492, 3)
  })

  test('gives the kappa and the interval of the diagnoses in Fleiss, Statistical Methods for Rates and Proportions', () => {
    const { agreement, kappa, kappa_interval } = measureAgreement(tableOf([75, 1, 4], [5, 4, 1], [0, 0, 10]))
    expect(agreement).toBeCloseTo(0.89)
    expect(kappa).toBeCloseTo(0.676, 3)
    // Its standard error is 0.088.
    expect(kappa_interval?.[0]).toBeCloseTo(0.504, 2)
    expect(kappa_interval?.[1]).toBeCloseTo(0.848, 2)
  })

  test('gives what one counts by hand: half the texts alike, as chance would have it', () =>
    expect(measureAgreement(tableOf([1, 1], [1, 1]))).toMatchObject({ texts: 4, same: 2, agreement: 0.5, kappa: 0 }))

  test('is 1 where all labels are alike, and below 0 where none is', () => {
    expect(measureAgreement(tableOf([3], [0, 2]))).toMatchObject({ agreement: 1, kappa: 1, kappa_interval: [1, 1] })
    expect(measureAgreement(tableOf([0, 2], [2]))).toMatchObject({ agreement: 0, kappa: -1 })
  })

  test('has no kappa where both gave one and the same label to everything', () =>
    expect(measureAgreement(tableOf([5]))).toMatchObject({ agreement: 1, kappa: null, kappa_interval: null }))

  test('has a kappa of 0 where one of them gave the same label to everything', () =>
    expect(measureAgreement(tableOf([3, 2]))).toMatchObject({ agreement: 0.6, kappa: 0 }))
})

describe('comparePeople', () => {
  test('compares every two people over the texts that both labelled, most texts first', () => {
    const labels = [
      label('cleo', 0, 'wrong'),
      label('ada', 0, 'right'),
      label('ada', 1, 'right'),
      label('ada', 2, 'lucky'),
      label('bob', 0, 'right'),
      label('bob', 1, 'wrong'),
      label('dora', 9, 'right'),
    ]
    expect(comparePeople(labels).map(({ people, texts, same }) => [people.join(), texts, same])).toEqual([
      ['ada,bob', 2, 1],
      ['ada,cleo', 1, 0],
      ['bob,cleo', 1, 0],
    ])
    expect(comparePeople(labels)[0]?.table).toMatchObject({ right: { right: 1, wrong: 1, lucky: 0 } })
  })

  test('does not compare labels of different texts of one sample', () =>
    expect(comparePeople([label('ada', 0, 'right', 'old'), label('bob', 0, 'right', 'new')])).toEqual([]))
})
