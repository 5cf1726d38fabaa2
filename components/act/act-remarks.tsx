import { Ban, Info, TriangleAlert } from 'lucide-react'
import type { LucideIcon } from 'lucide-react'
import type { Verdict } from '../../lib/fleet/can/verdict.ts'
import type { VmPhase } from '../../lib/fleet/vm.ts'

interface Lined {
  lines: readonly string[]
  tone: VmPhase
  Icon?: LucideIcon
}

/** Sentences below each other, each behind its sign; nothing where there are none. */
export function Remarks({ lines, tone, Icon = TriangleAlert }: Lined) {
  if (lines.length === 0) return null
  return (
    <ul data-phase={tone} className="space-y-1">
      {lines.map((line) => (
        <li key={line} className="flex gap-2 wrap-anywhere">
          <Icon aria-hidden size={14} strokeWidth={1.9} className="mt-[3px] shrink-0 text-phase-ink" />
          <bdi className={tone === 'scheduling' ? 'text-muted' : 'text-phase-ink'}>{line}</bdi>
        </li>
      ))}
    </ul>
  )
}

/** What a verdict says: what is lost, what is good to know, or why not. */
export function ActRemarks({ verdict }: { verdict: Verdict }) {
  if (!verdict.ok) return <Remarks lines={[verdict.reason]} tone="unreachable" Icon={Ban} />
  return (
    <>
      <Remarks lines={verdict.warnings} tone="unreachable" />
      <Remarks lines={verdict.notes} tone="scheduling" Icon={Info} />
    </>
  )
}
