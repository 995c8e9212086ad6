import { describe, expect, test } from '@jest/globals'
import { createLabelBook } from './label-book.ts'
import { viewQueue, type QueueChoice, type QueueUnit } from './label-queue.ts'
import { nameSubject, type LabelName, type LabelSubject } from './label.ts'

const subject = (sample: number): LabelSubject => ({ run_id: 'run', item: 'task', sample })
const unitOf = (each: LabelSubject): QueueUnit => ({ subject: each, name: nameSubject(each), passedTrain: false })
const units = Array.from({ length: 6 }, (_, index): QueueUnit => ({
  ...unitOf(subject(index)),
  passedTrain: index % 2 === 0,
}))
const ada: QueueChoice = { person: 'ada', samples: 'all', labels: 'open', order: 'task' }

function bookOf(...labels: (readonly [person: string, sample: number, label: LabelName | null, text?: string])[]) {
  const book = createLabelBook()
  for (const [person, sample, label, text_hash = 'h'] of labels) {
    book.put({ ...subject(sample), at: '', person, task_id: 'task', text_hash, label, saw_outcome: false })
  }
  return book
}

const numbers = (subjects: readonly (LabelSubject | null)[]) =>
  subjects.map((each) => (each && 'sample' in each ? each.sample : null))

describe('viewQueue', () => {
  test('begins with the first text that the user has not labelled', () => {
    const queue = viewQueue(units, ada, bookOf(['ada', 0, 'right'], ['bob', 1, 'wrong']), undefined)
    expect(queue).toMatchObject({ total: 6, labelled: 1, matching: 5, here: subject(1), before: null })
    expect(numbers(queue.after)).toEqual([2, 3, 4, 5])
  })

  test('goes on after the current place, and back to texts already labelled', () => {
    const queue = viewQueue(units, ada, bookOf(['ada', 1, 'right'], ['ada', 2, 'right']), subject(2))
    expect(queue).toMatchObject({ here: subject(2), before: subject(1) })
    expect(numbers(queue.after)).toEqual([3, 4, 5])
  })

  test('has nothing before its first text and nothing after its last', () => {
    expect(viewQueue(units, ada, bookOf(), subject(0)).before).toBeNull()
    expect(viewQueue(units, ada, bookOf(), subject(5)).after).toEqual([])
  })

  test('starts at its beginning when it does not contain the given place', () =>
    expect(viewQueue(units, ada, bookOf(), subject(99))).toMatchObject({
      here: subject(99),
      before: null,
      after: [subject(0)],
    }))

  test('keeps only samples whose program passed, when asked to', () => {
    const queue = viewQueue(units, { ...ada, samples: 'passed-train' }, bookOf(['ada', 1, 'right']), undefined)
    expect(queue).toMatchObject({ total: 3, labelled: 0 })
    expect(numbers([queue.here, ...queue.after])).toEqual([0, 2, 4])
  })

  test('keeps only texts that somebody else has labelled and the user has not', () => {
    const book = bookOf(
      ['ada', 0, 'right'],
      ['bob', 0, 'right'],
      ['bob', 3, 'wrong'],
      ['bob', 4, 'wrong'],
      ['bob', 4, null],
    )
    const queue = viewQueue(units, { ...ada, labels: 'second' }, book, undefined)
    expect(numbers([queue.here, ...queue.after])).toEqual([3])
  })

  test('keeps only texts that two people disagree about', () => {
    const book = bookOf(
      ['bob', 0, 'right'],
      ['cleo', 0, 'right'],
      ['bob', 1, 'right'],
      ['cleo', 1, 'wrong'],
      ['bob', 2, 'right', 'earlier'],
      ['cleo', 2, 'wrong'],
    )
    const queue = viewQueue(units, { ...ada, labels: 'disagree' }, book, undefined)
    expect(numbers([queue.here, ...queue.after])).toEqual([1])
  })

  test('shuffles texts in an order that is the same for everybody, and has each once', () => {
    const many = Array.from({ length: 10 }, (_, index) => unitOf(subject(index)))
    const order = (person: string) => {
      const queue = viewQueue(many, { ...ada, person, order: 'mixed' }, bookOf(), undefined)
      return numbers([queue.here, ...queue.after])
    }
    expect(order('ada')).toEqual(order('bob'))
    expect(order('ada')).not.toEqual(many.map((_, index) => index))
    expect(new Set(order('ada'))).toEqual(new Set(many.map((_, index) => index)))
  })

  test('asks again for a trace whose text has changed', () => {
    const book = createLabelBook()
    const trace = { trace_id: 't' }
    book.put({ ...trace, at: '', person: 'ada', task_id: 'x', text_hash: 'old', label: 'right', saw_outcome: false })
    const unit = unitOf(trace)
    expect(viewQueue([{ ...unit, textHash: 'old' }], ada, book, undefined).matching).toBe(0)
    expect(viewQueue([{ ...unit, textHash: 'new' }], ada, book, undefined).matching).toBe(1)
  })
})
