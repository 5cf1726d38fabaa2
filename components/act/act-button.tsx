'use client'

import type { LucideIcon } from 'lucide-react'
import type { Verdict } from '../../lib/fleet/can/verdict.ts'
import { Button } from '../ui/button.tsx'

/** A control that is always there: while its action is not allowed it says why on hover, on focus and on a click. */
export function ActButton({
  Icon,
  label,
  verdict,
  onAct,
  onDenied,
}: {
  Icon: LucideIcon
  label: string
  verdict: Verdict
  onAct: () => void
  /** Fingers cannot hover: their tap asks for the reason. */
  onDenied: (reason: string) => void
}) {
  return (
    <Button
      aria-disabled={!verdict.ok}
      data-tip={verdict.ok ? undefined : verdict.reason}
      className="aria-disabled:cursor-default aria-disabled:text-faint aria-disabled:hover:bg-panel"
      onClick={() => (verdict.ok ? onAct() : onDenied(verdict.reason))}
    >
      <Icon aria-hidden size={14} strokeWidth={1.75} />
      {label}
    </Button>
  )
}
