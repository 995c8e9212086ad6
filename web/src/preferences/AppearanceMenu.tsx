import styles from './AppearanceMenu.module.css'
import { choosePalette, palettes, showSymbols, useAppearance, type PaletteName } from './palettes.ts'

const names = Object.keys(palettes) as PaletteName[] // Its own keys.

export function AppearanceMenu() {
  const { palette, symbols } = useAppearance()
  return (
    <div className={styles.appearance}>
      <label className={styles.palette}>
        <span className="visually-hidden">Palette</span>
        <select
          value={palette}
          onChange={(event) => {
            const chosen = names.find((name) => name === event.target.value)
            if (chosen) choosePalette(chosen)
          }}
        >
          {names.map((name) => (
            <option key={name} value={name}>
              {palettes[name].title}
            </option>
          ))}
        </select>
      </label>
      <label className="check">
        <input type="checkbox" checked={symbols} onChange={(event) => showSymbols(event.target.checked)} /> symbols
      </label>
    </div>
  )
}
