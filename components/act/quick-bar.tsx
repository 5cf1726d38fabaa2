'use client'

import type { MouseEvent, ReactNode } from 'react'
import type { Verdict } from '../../lib/fleet/can/verdict.ts'
import { buttonClasses } from '../ui/button.tsx'
import type { ActLook } from './act-looks.ts'

/** Stands over the end of a row, beside its menu. */
export function QuickBar({ children }: { children: ReactNode }) {
  return <span className="fleet-quick">{children}</span>
}

/** A control that is there while its row is pointed at: the dialog gives the focus back to the row. */
export function QuickButton({
  Icon,
  label,
  object,
  active,
  verdict,
  onAct,
}: ActLook & { object: string; active: boolean; verdict: Verdict; onAct: () => void }) {
  const onClick = (event: MouseEvent<HTMLElement>) => {
    event.stopPropagation()
    if (!verdict.ok) return
    event.currentTarget.closest<HTMLElement>('[data-row]')?.focus()
    onAct()
  }
  return (
    <button
      type="button"
      aria-label={`${label}: ${object}`}
      aria-disabled={!verdict.ok}
      data-tip={verdict.ok ? undefined : verdict.reason}
      tabIndex={active ? 0 : -1}
      className={buttonClasses(
        'quiet',
        '!h-7 !px-2 aria-disabled:cursor-default aria-disabled:text-faint aria-disabled:hover:bg-transparent',
      )}
      {...{ onClick }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' || event.key === ' ') event.stopPropagation()
      }}
    >
      <Icon aria-hidden size={14} strokeWidth={1.75} />
      {label}
    </button>
  )
}
