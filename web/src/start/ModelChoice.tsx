import { useState } from 'react'
import type { StartOptionsDocument } from '../../../src/api/documents.ts'
import { FieldProblems } from './FieldProblems.tsx'
import styles from './StartPage.module.css'

interface ModelChoiceProps {
  readonly models: StartOptionsDocument['models']
  readonly chosen: readonly string[]
  readonly problems: readonly string[]
  readonly onChange: (models: readonly string[]) => void
}

/** The registry's models; one that lacks its key says which variable. Others are named as on the command line. */
export function ModelChoice({ models, chosen, problems, onChange }: ModelChoiceProps) {
  const [other, setOther] = useState('')
  const usableFirst = models.toSorted((a, b) => Number(a.missing !== null) - Number(b.missing !== null))
  const named = chosen.filter((name) => !models.some(({ key }) => key === name))
  const toggle = (name: string) =>
    onChange(chosen.includes(name) ? chosen.filter((each) => each !== name) : [...chosen, name])
  const add = () => {
    const name = other.trim()
    if (name !== '' && !chosen.includes(name)) onChange([...chosen, name])
    setOther('')
  }
  return (
    <fieldset className={styles.models} aria-describedby="model-error">
      <legend>Models, one run each</legend>
      <ul>
        {usableFirst.map(({ key, provider, id, prices, missing }) => (
          <li key={key}>
            <label data-missing={missing === null ? undefined : ''}>
              <input
                type="checkbox"
                checked={chosen.includes(key)}
                disabled={missing !== null && !chosen.includes(key)}
                onChange={() => toggle(key)}
              />
              <span>
                {key}
                <span className={styles.about}>{missing ?? `${provider}/${id}${describePrices(prices)}`}</span>
              </span>
            </label>
          </li>
        ))}
        {named.map((name) => (
          <li key={name}>
            <label>
              <input type="checkbox" checked onChange={() => toggle(name)} />
              <span>{name}</span>
            </label>
          </li>
        ))}
      </ul>
      <div className={styles.other}>
        <input
          aria-label="Another model"
          placeholder="provider/model-id"
          value={other}
          onChange={(event) => setOther(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return
            // Here it adds a model; it starts nothing.
            event.preventDefault()
            add()
          }}
        />
        <button type="button" onClick={add} disabled={other.trim() === ''}>
          Add
        </button>
      </div>
      {chosen.length > 0 ? (
        <FieldProblems id="model-error" messages={problems} />
      ) : (
        <p id="model-error" className="hint">
          Choose at least one.
        </p>
      )}
    </fieldset>
  )
}

function describePrices(prices: StartOptionsDocument['models'][number]['prices']): string {
  if (prices === null) return ''
  const { promptUsdPerMillion: read, completionUsdPerMillion: written } = prices
  return read === 0 && written === 0 ? ', free' : `, $${read} / $${written} per million tokens`
}
