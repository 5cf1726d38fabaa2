'use client'

import { Minus, Plus } from 'lucide-react'
import { Button } from './button.tsx'

/** A whole number with a button on either side. */
export function Stepper({
  label,
  value,
  least,
  onChange,
}: {
  label: string
  value: number
  least: number
  onChange: (value: number) => void
}) {
  const square = 'aspect-square !px-0'
  const step = (by: number) => onChange(Math.max(least, (Number.isNaN(value) ? least : value) + by))
  return (
    <div className="flex items-center gap-1.5">
      <Button className={square} aria-label="One less" disabled={value <= least} onClick={() => step(-1)}>
        <Minus aria-hidden size={14} strokeWidth={1.9} />
      </Button>
      <input
        type="number"
        inputMode="numeric"
        aria-label={label}
        min={least}
        step={1}
        value={Number.isNaN(value) ? '' : value}
        onChange={(event) => onChange(event.target.valueAsNumber)}
        className="h-8 w-16 rounded-lg border border-line bg-panel text-center text-sm tabular-nums max-tablet:h-10 max-tablet:text-[16px]"
      />
      <Button className={square} aria-label="One more" onClick={() => step(1)}>
        <Plus aria-hidden size={14} strokeWidth={1.9} />
      </Button>
    </div>
  )
}
