import styles from './CountBars.module.css'

interface CountBar {
  /** The filter that it sets; undefined if it is not a filter. */
  readonly name: string | undefined
  readonly words: string
  /** An SVG path to stroke, around (0, 0). */
  readonly sign?: string
  readonly count: number
}

interface CountBarsProps {
  readonly title: string
  /** The total of all bars. */
  readonly of: number
  readonly bars: readonly CountBar[]
  readonly chosen: string | undefined
  readonly onChoose: (name: string | undefined) => void
}

/** Bars that filter: pressing one shows only what it counts; pressing it again shows everything. */
export function CountBars({ title, of, bars, chosen, onChoose }: CountBarsProps) {
  return (
    <div className={styles.bars} role="group" aria-label={title}>
      <h2>
        {title} <span className={styles.of}>of {of}</span>
      </h2>
      {bars
        .filter(({ name, count }) => count > 0 || (name !== undefined && name === chosen))
        .map(({ name, words, sign, count }) => {
          const content = (
            <>
              <span className={styles.words}>
                {sign !== undefined && (
                  <svg className={styles.sign} viewBox="-8 -8 16 16" aria-hidden="true">
                    <path d={`M0 0${sign}`} />
                  </svg>
                )}
                {words}
              </span>
              <span className={styles.track} aria-hidden="true">
                <span className={styles.fill} style={{ width: `${(100 * count) / Math.max(1, of)}%` }} />
              </span>
              <span className={styles.number}>{count}</span>
            </>
          )
          return name === undefined ? (
            <div key="none" className={styles.bar}>
              {content}
            </div>
          ) : (
            <button
              key={name}
              type="button"
              className={styles.bar}
              aria-pressed={name === chosen}
              onClick={() => onChoose(name === chosen ? undefined : name)}
            >
              {content}
            </button>
          )
        })}
    </div>
  )
}
