'use client'

import type { LucideIcon } from 'lucide-react'
import { useId } from 'react'

export interface Segment<Value extends string> {
  value: Value
  label: string
  Icon: LucideIcon
}

/** One of a few, all in sight: radio buttons that look like one control. */
export function Segmented<Value extends string>({
  label,
  value,
  segments,
  onChange,
}: {
  label: string
  value: Value
  segments: readonly Segment<Value>[]
  onChange: (value: Value) => void
}) {
  const name = useId()
  return (
    <fieldset className="inline-flex rounded-lg border border-line bg-ground p-0.5">
      <legend className="sr-only">{label}</legend>
      {segments.map((segment) => (
        <label
          key={segment.value}
          data-tip={segment.label}
          className="relative grid h-6 w-8 cursor-pointer place-items-center rounded-md text-faint hover:text-text has-checked:bg-panel has-checked:text-text has-checked:shadow-[0_0_0_1px_var(--line)] has-focus-visible:outline-2 has-focus-visible:outline-accent max-tablet:h-9 max-tablet:w-11"
        >
          <input
            type="radio"
            name={name}
            aria-label={segment.label}
            className="absolute inset-0 cursor-pointer appearance-none outline-none"
            checked={segment.value === value}
            onChange={() => onChange(segment.value)}
          />
          <segment.Icon aria-hidden size={14} strokeWidth={1.75} />
        </label>
      ))}
    </fieldset>
  )
}
