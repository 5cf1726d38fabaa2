'use client'

import { useId } from 'react'

const NONE: readonly string[] = []

const INPUT =
  'h-8 w-full min-w-0 rounded-lg border border-line bg-panel px-2 font-mono text-xs text-text aria-invalid:border-phase max-tablet:h-10 max-tablet:text-[16px]'

/** A line of text with its label above it, and below it what is wrong with it or what is good to know. */
export function TextField({
  label,
  value,
  flaw,
  hint = '',
  choices = NONE,
  onChange,
}: {
  label: string
  value: string
  /** '' when nothing is wrong. */
  flaw: string
  hint?: string
  /** Offered, but not required. */
  choices?: readonly string[]
  onChange: (value: string) => void
}) {
  const id = useId()
  return (
    <div data-phase="failed" className="space-y-1">
      <label htmlFor={id} className="block text-xs text-muted">
        {label}
      </label>
      <input
        id={id}
        type="text"
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        list={choices.length === 0 ? undefined : `${id}-choices`}
        aria-invalid={flaw !== ''}
        aria-describedby={`${id}-words`}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        className={INPUT}
      />
      {choices.length > 0 && (
        <datalist id={`${id}-choices`}>
          {choices.map((choice) => (
            <option key={choice} value={choice}>
              {choice}
            </option>
          ))}
        </datalist>
      )}
      <p
        id={`${id}-words`}
        className={`text-xs wrap-anywhere empty:hidden ${flaw === '' ? 'text-faint' : 'text-phase-ink'}`}
      >
        <bdi>{flaw || hint}</bdi>
      </p>
    </div>
  )
}
