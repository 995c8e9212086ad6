import { useState } from 'react'
import type { TaskDocument } from '../../../../src/api/documents.ts'
import type { Symmetry } from '../../../../src/domain/grids/transforms/symmetry.ts'
import type { Transform } from '../../../../src/domain/grids/transforms/transform.ts'
import symbolBar from '../../editor/SymbolBar.module.css'
import { joinClasses } from '../../parts/join-classes.ts'
import choice from '../../parts/ModeChoice.module.css'
import { nameSymbol, useAppearance } from '../../preferences/palettes.ts'
import styles from './TransformTools.module.css'

const symmetries: readonly (readonly [symmetry: Symmetry, sign: string, title: string])[] = [
  ['rotate-90', '↻', 'Rotate clockwise'],
  ['rotate-270', '↺', 'Rotate counter-clockwise'],
  ['rotate-180', '180°', 'Rotate 180°'],
  ['mirror-left-right', '↔', 'Mirror left to right'],
  ['mirror-top-bottom', '↕', 'Mirror top to bottom'],
  ['transpose', '⤡', 'Exchange rows and columns'],
  ['anti-transpose', '⤢', 'Exchange rows and columns, from the last to the first'],
]

const symbols = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]

interface TransformToolsProps {
  readonly task: TaskDocument
  readonly onAdd: (transform: Transform) => void
}

/** Adds one transform to the chain; it changes all pairs at once. */
export function TransformTools({ task, onAdd }: TransformToolsProps) {
  return (
    <div className={styles.transformTools}>
      <div>
        <h3>Turn</h3>
        <div className={joinClasses(choice.choice, styles.turns)} role="group" aria-label="Turn all grids">
          {symmetries.map(([symmetry, sign, title]) => (
            <button
              key={symmetry}
              type="button"
              aria-label={title}
              title={title}
              onClick={() => onAdd({ kind: 'symmetry', symmetry })}
            >
              {sign}
            </button>
          ))}
        </div>
      </div>
      <SymbolExchange onAdd={onAdd} />
      <PairExchange task={task} onAdd={onAdd} />
    </div>
  )
}

/** Exchanges two symbols everywhere. */
function SymbolExchange({ onAdd }: Pick<TransformToolsProps, 'onAdd'>) {
  const { palette } = useAppearance()
  const [first, setFirst] = useState<number>()
  const choose = (symbol: number) => {
    if (first === undefined) return setFirst(symbol)
    setFirst(undefined)
    if (first === symbol) return
    onAdd({ kind: 'permute', symbols: symbols.with(first, symbol).with(symbol, first) })
  }
  return (
    <div>
      <h3>Exchange symbols</h3>
      <div className={styles.exchange}>
        <div className={styles.symbols}>
          <div
            className={joinClasses(symbolBar.symbols, symbolBar.small)}
            role="group"
            aria-label="Exchange two symbols everywhere"
          >
            {symbols.map((symbol) => (
              <button
                key={symbol}
                type="button"
                className={joinClasses(symbolBar.symbol, `s${symbol}`)}
                aria-pressed={first === symbol}
                aria-label={
                  first === undefined
                    ? `Exchange ${nameSymbol(symbol, palette)} with…`
                    : `… with ${nameSymbol(symbol, palette)}`
                }
                title={nameSymbol(symbol, palette)}
                onClick={() => choose(symbol)}
              />
            ))}
          </div>
        </div>
        <p className="hint">
          {first === undefined ? (
            <>
              One, then the other; or{' '}
              <button
                type="button"
                className="plain link"
                onClick={() => onAdd({ kind: 'permute', symbols: shuffle() })}
              >
                shuffle 1 to 9
              </button>
            </>
          ) : (
            `${nameSymbol(first, palette)} with …?`
          )}
        </p>
      </div>
    </div>
  )
}

/** 0 is the background in most tasks, and stays. */
function shuffle(): number[] {
  const rest = symbols.slice(1)
  for (let index = rest.length - 1; index > 0; index -= 1) {
    const other = Math.floor(Math.random() * (index + 1))
    const [a = 0, b = 0] = [rest[index], rest[other]]
    rest[index] = b
    rest[other] = a
  }
  return [0, ...rest]
}

/** Of the test pairs, only those with known outputs: a train pair shows its output. */
function PairExchange({ task, onAdd }: TransformToolsProps) {
  const [train, setTrain] = useState(0)
  const [test, setTest] = useState(0)
  const trainPairs = [...task.train.keys()]
  const testPairs = [...task.test_inputs.keys()].filter((index) => task.known_outputs[index])
  const trainPair = trainPairs.includes(train) ? train : 0
  const testPair = testPairs.includes(test) ? test : testPairs[0]
  if (testPair === undefined) return null
  return (
    <div>
      <h3>Swap pairs</h3>
      <form
        className={styles.pairExchange}
        onSubmit={(event) => {
          event.preventDefault()
          onAdd({ kind: 'swap', train: trainPair, test: testPair })
        }}
      >
        <PairChoice title="Train" pairs={trainPairs} chosen={trainPair} onChoose={setTrain} />
        <span aria-hidden="true">⇄</span>
        <PairChoice title="Test" pairs={testPairs} chosen={testPair} onChoose={setTest} />
        <button type="submit" title="The test pair moves into the train pairs, with its output">
          Swap
        </button>
      </form>
    </div>
  )
}

interface PairChoiceProps {
  readonly title: string
  /** From 0. */
  readonly pairs: readonly number[]
  readonly chosen: number
  readonly onChoose: (index: number) => void
}

function PairChoice({ title, pairs, chosen, onChoose }: PairChoiceProps) {
  return (
    <select aria-label={`${title} pair`} value={chosen} onChange={(event) => onChoose(Number(event.target.value))}>
      {pairs.map((index) => (
        <option key={index} value={index}>
          {title} {index + 1}
        </option>
      ))}
    </select>
  )
}
