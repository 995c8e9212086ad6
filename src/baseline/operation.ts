import { sameGrid, type Grid } from '../domain/grids/grid.ts'
import type { Pair } from '../domain/tasks/task.ts'
import { renderPythonLiteral, type Literal } from './render-python-literal.ts'

/** All that the solver knows of a task: what its prompt showed. */
export interface Evidence {
  readonly train: readonly Pair[]
  readonly testInputs: readonly Grid[]
}

/** The inputs of the train pairs and then those of the test. */
export const inputsOf = ({ train, testInputs }: Evidence): Grid[] => [...train.map(({ input }) => input), ...testInputs]

/** The same task seen another way, which depends on the input that a grid belongs to. */
export function changeGrids({ train, testInputs }: Evidence, change: (grid: Grid, input: Grid) => Grid): Evidence {
  return {
    train: train.map(({ input, output }) => ({ input: change(input, input), output: change(output, input) })),
    testInputs: testInputs.map((input) => change(input, input)),
  }
}

/** One operation with its arguments settled: a function from grid to grid that can also say itself in Python and in words. */
export interface Step {
  /** Its operation's name, and the name of the one that it wraps. */
  readonly operations: readonly string[]
  /** A Python expression over the array `grid`. */
  readonly call: string
  readonly words: string
  /** How much had to be learned or guessed, about in bits. The cheaper of two that explain all pairs is more often right. */
  readonly cost: number
  /** Null where it makes no sense for this grid; its Python then raises or returns None. */
  apply(grid: Grid): Grid | null
}

/** A family of steps: one entry in the table of what the baseline can do. */
export interface Operation {
  readonly name: string
  /** The Python function that the calls name; helpers that it names in turn come from the library. */
  readonly python: string
  /**
   * Steps worth trying on these pairs. They need not fit: the search checks each.
   * @param isLate for operations that search long before their first step: true asks them to end with what they have.
   */
  propose(evidence: Evidence, isLate: () => boolean): Iterable<Step>
  /** A step for each kind of arguments, for the test that both languages agree. */
  readonly examples: readonly Step[]
}

interface OperationDefinition<Arguments extends readonly Literal[]> {
  /** The name of its Python function, which takes `grid` (an array) and the arguments, and returns an array. */
  readonly name: string
  readonly python: string
  readonly apply: (grid: Grid, ...settled: Arguments) => Grid | null
  readonly words: (...settled: Arguments) => string
  readonly cost: (...settled: Arguments) => number
  readonly propose: (evidence: Evidence) => Iterable<Arguments>
  readonly examples: readonly Arguments[]
}

/** Makes an operation whose TypeScript and Python forms take the same arguments. */
export function defineOperation<const Arguments extends readonly Literal[]>(
  definition: OperationDefinition<Arguments>,
): Operation {
  const { name, python, apply, words, cost, propose, examples } = definition
  const settle = (settled: Arguments): Step => ({
    operations: [name],
    call: `${name}(${['grid', ...settled.map(renderPythonLiteral)].join(', ')})`,
    words: words(...settled),
    cost: cost(...settled),
    apply: (grid) => apply(grid, ...settled),
  })
  return {
    name,
    python,
    *propose(evidence) {
      for (const settled of propose(evidence)) yield settle(settled)
    },
    examples: examples.map(settle),
  }
}

interface WrapperDefinition<Arguments extends readonly Literal[]> {
  readonly name: string
  /** Its Python function takes `grid`, the arguments, and last the rule that it wraps. */
  readonly python: string
  readonly apply: (grid: Grid, rule: (grid: Grid) => Grid | null, ...settled: Arguments) => Grid | null
  readonly words: (...settled: Arguments) => string
  readonly cost: number
  /** The task as the wrapped rule meets it. */
  readonly propose: (evidence: Evidence) => Iterable<{ readonly settled: Arguments; readonly inner: Evidence }>
  readonly examples: readonly Arguments[]
}

/** An operation that wraps a step of others: it shows the step another side of the grid, or its parts one by one. */
export function defineWrapper<const Arguments extends readonly Literal[]>(
  definition: WrapperDefinition<Arguments>,
): (wrapped: readonly Operation[]) => Operation {
  const { name, python, apply, words, cost, propose, examples } = definition
  const wrap = (settled: Arguments, step: Step): Step => ({
    operations: [name, ...step.operations],
    call: `${name}(${['grid', ...settled.map(renderPythonLiteral), `lambda grid: ${step.call}`].join(', ')})`,
    words: `${words(...settled)} ${step.words}`,
    cost: cost + step.cost,
    apply: (grid) => apply(grid, (part) => step.apply(part), ...settled),
  })
  return (wrapped) => ({
    name,
    python,
    *propose(evidence, isLate) {
      for (const { settled, inner } of propose(evidence)) {
        for (const operation of wrapped) {
          if (isLate()) return
          for (const step of operation.propose(inner, isLate)) {
            if (inner.train.every(({ input, output }) => sameAs(step.apply(input), output))) yield wrap(settled, step)
          }
        }
      }
    },
    examples: examples.flatMap((settled) =>
      wrapped.flatMap(({ examples: [example] }) => (example ? [wrap(settled, example)] : [])),
    ),
  })
}

const sameAs = (got: Grid | null, wanted: Grid) => got !== null && sameGrid(got, wanted)
