import { joinClasses } from '../parts/join-classes.ts'
import { nameSymbol, useAppearance } from '../preferences/palettes.ts'
import type { EditorState } from './editor-state.ts'
import type { Dispatch } from './sessions.ts'
import styles from './SymbolBar.module.css'

const symbols = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]

export function SymbolBar({ state, dispatch }: { readonly state: EditorState; readonly dispatch: Dispatch }) {
  const { palette } = useAppearance()
  return (
    <div className={styles.symbols} role="group" aria-label="Symbols">
      {symbols.map((symbol) => (
        <button
          key={symbol}
          type="button"
          className={joinClasses(styles.symbol, `s${symbol}`)}
          aria-label={nameSymbol(symbol, palette)}
          aria-pressed={state.symbol === symbol}
          aria-keyshortcuts={String(symbol)}
          title={nameSymbol(symbol, palette)}
          onClick={() => dispatch({ type: 'choose-symbol', symbol })}
        />
      ))}
    </div>
  )
}
