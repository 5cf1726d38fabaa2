'use client'

import { Toggle } from '@base-ui/react/toggle'
import { ToggleGroup } from '@base-ui/react/toggle-group'
import type { LucideIcon } from 'lucide-react'

export interface Segment<Value extends string> {
  value: Value
  label: string
  Icon: LucideIcon
}

/** One of a few, all in sight. */
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
  return (
    <ToggleGroup
      aria-label={label}
      value={[value]}
      onValueChange={(next) => {
        const chosen = segments.find((segment) => segment.value === next[0])
        if (chosen) onChange(chosen.value)
      }}
      className="inline-flex rounded-lg border border-line bg-ground p-0.5"
    >
      {segments.map((segment) => (
        <Toggle
          key={segment.value}
          value={segment.value}
          aria-label={segment.label}
          data-tip={segment.label}
          className="grid h-6 w-8 place-items-center rounded-md text-faint hover:text-text max-tablet:h-9 max-tablet:w-11 data-pressed:bg-panel data-pressed:text-text data-pressed:shadow-[0_0_0_1px_var(--line)]"
        >
          <segment.Icon size={14} strokeWidth={1.75} />
        </Toggle>
      ))}
    </ToggleGroup>
  )
}
