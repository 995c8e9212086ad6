import { useId, useState, type KeyboardEvent, type ReactNode } from 'react'
import styles from './Tabs.module.css'

export interface Tab {
  readonly id: string
  readonly title: string
  /** Number of things in it; left out if unknown. */
  readonly count?: number | undefined
  /** Called while the tab is open, so that a closed one loads nothing. */
  readonly render: () => ReactNode
}

interface TabsProps {
  readonly label: string
  readonly tabs: readonly Tab[]
  /** Id of the open tab; none is open if it is not listed. */
  readonly open: string | undefined
  readonly onOpen: (id: string | undefined) => void
  /** Shown while no tab is open. */
  readonly hint?: ReactNode
}

/**
 * Tabs of which one or none is open. Arrow keys only move the focus: opening a tab may load something, or give an answer away, so
 * that takes Enter, Space or a click.
 */
export function Tabs({ label, tabs, open, onOpen, hint }: TabsProps) {
  const id = useId()
  const shown = tabs.find((tab) => tab.id === open)
  const [focused, setFocused] = useState<string>()
  // One stop for the Tab key.
  const stop = tabs.find((tab) => tab.id === focused) ?? shown ?? tabs[0]
  return (
    <section className={styles.tabs} aria-label={label}>
      <div className={styles.head}>
        <div className={styles.list} role="tablist" aria-label={label}>
          {tabs.map((tab) => (
            <button
              key={tab.id}
              type="button"
              role="tab"
              id={`${id}${tab.id}`}
              aria-selected={tab === shown}
              aria-controls={tab === shown ? `${id}panel` : undefined}
              tabIndex={tab === stop ? 0 : -1}
              onKeyDown={moveFocus}
              onFocus={() => setFocused(tab.id)}
              onClick={() => onOpen(tab.id)}
            >
              {tab.title}
              {tab.count !== undefined && <span className={styles.count}>{tab.count}</span>}
            </button>
          ))}
        </div>
        {shown && (
          <button type="button" className="plain" onClick={() => onOpen(undefined)}>
            Hide
          </button>
        )}
      </div>
      {shown ? (
        <div key={shown.id} className={styles.panel} role="tabpanel" id={`${id}panel`} aria-labelledby={id + shown.id}>
          {shown.render()}
        </div>
      ) : (
        hint && <p className="hint">{hint}</p>
      )}
    </section>
  )
}

function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const tabs = [...(event.currentTarget.parentElement?.querySelectorAll<HTMLElement>('[role=tab]') ?? [])]
  const at = tabs.indexOf(event.currentTarget)
  const targets: Readonly<Record<string, number>> = {
    ArrowRight: (at + 1) % tabs.length,
    ArrowLeft: (at + tabs.length - 1) % tabs.length,
    Home: 0,
    End: tabs.length - 1,
  }
  const target = targets[event.key]
  if (target === undefined || event.ctrlKey || event.metaKey || event.altKey) return
  event.preventDefault()
  tabs[target]?.focus()
}
