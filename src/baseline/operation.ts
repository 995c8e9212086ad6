import { sameGrid, type Grid } from '../domain/grids/grid.ts'
import type { Pair } from '../domain/tasks/task.ts'
import { renderPythonLiteral, type Literal } from './render-python-literal.ts'

/** Everything that the solver knows about a task: the contents of its prompt. */
export interface Evidence {
  readonly train: readonly Pair[]
  readonly testInputs: readonly Grid[]
}

/** The inputs of the train pairs and then the test inputs. */
export const inputsOf = ({ train, testInputs }: Evidence): Grid[] => [...train.map(({ input }) => input), ...testInputs]

/** The same task with every grid changed; the change may depend on the input that the grid belongs to. */
export function changeGrids({ train, testInputs }: Evidence, change: (grid: Grid, input: Grid) => Grid): Evidence {
  return {
    train: train.map(({ input, output }) => ({ input: change(input, input), output: change(output, input) })),
    testInputs: testInputs.map((input) => change(input, input)),
  }
}

/** One operation with fixed arguments: a function from grid to grid that can also describe itself in Python and in words. */
export interface Step {
  /** Its operation's name, and the name of the one that it wraps. */
  readonly operations: readonly string[]
  /** A Python expression over the array `grid`. */
  readonly call: string
  readonly words: string
  /** How much had to be learned or guessed, roughly in bits. Of two that explain all pairs, the cheaper is more often right. */
  readonly cost: number
  /** Null if it does not apply to this grid; its Python then raises or returns None. */
  apply(grid: Grid): Grid | null
}

/** A family of steps: one entry in the list of what the baseline can do. */
export interface Operation {
  readonly name: string
  /** The Python function that the calls name; the library provides the helpers that it names. */
  readonly python: string
  /**
   * Steps worth trying on these pairs. They need not fit: the search checks each.
   * @param isLate for operations that search for a long time before their first step: true asks them to end with what they have.
   */
  propose(evidence: Evidence, isLate: () => boolean): Iterable<Step>
  /** A step for each kind of arguments, to test that both languages agree. */
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
  /** The task in the form that the wrapped rule sees. */
  readonly propose: (evidence: Evidence) => Iterable<{ readonly settled: Arguments; readonly inner: Evidence }>
  readonly examples: readonly Arguments[]
}

/** An operation that wraps steps of others and gives them a changed grid, or its parts one by one. */
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

const sameAs = (output: Grid | null, expected: Grid) => output !== null && sameGrid(output, expected)
