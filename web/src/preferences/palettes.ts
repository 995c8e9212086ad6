import { useEffect } from 'react'
import { store, useStored } from './stored.ts'

/** How symbols look. The colours are in `palettes.css`; here are their names. */
export const palettes = {
  arc: {
    title: 'ARC colours',
    names: ['black', 'blue', 'red', 'green', 'yellow', 'grey', 'magenta', 'orange', 'light blue', 'maroon'],
  },
  muted: {
    title: 'Colour-blind safe',
    names: ['black', 'navy', 'brown', 'green', 'yellow', 'white', 'purple', 'stone', 'light blue', 'maroon'],
  },
} as const

export type PaletteName = keyof typeof palettes

export interface Appearance {
  readonly palette: PaletteName
  /** Whether each cell shows its symbol, so that colour is never the only sign. */
  readonly symbols: boolean
}

export function useAppearance(): Appearance {
  const palette = useStored('palette') === 'muted' ? 'muted' : 'arc'
  const symbols = useStored('symbols') === 'shown'
  return { palette, symbols }
}

export function choosePalette(palette: PaletteName): void {
  store('palette', palette)
}

export function showSymbols(shown: boolean): void {
  store('symbols', shown ? 'shown' : 'hidden')
}

/** Sets the choice where the style sheets read it: no grid is drawn again. */
export function useAppearanceOnRoot(): void {
  const { palette, symbols } = useAppearance()
  useEffect(() => {
    document.documentElement.dataset['palette'] = palette
    document.documentElement.dataset['symbols'] = symbols ? 'shown' : 'hidden'
  }, [palette, symbols])
}

/** `red 2` */
export function nameSymbol(symbol: number, palette: PaletteName): string {
  return `${palettes[palette].names[symbol] ?? 'unknown'} ${symbol}`
}
