import { Ban, Info, TriangleAlert } from 'lucide-react'
import type { LucideIcon } from 'lucide-react'
import type { Verdict } from '../../lib/fleet/can/verdict.ts'
import type { VmPhase } from '../../lib/fleet/vm.ts'

function Lines({ lines, tone, Icon }: { lines: readonly string[]; tone: VmPhase; Icon: LucideIcon }) {
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
  if (!verdict.ok) return <Lines lines={[verdict.reason]} tone="unreachable" Icon={Ban} />
  return (
    <>
      <Lines lines={verdict.warnings} tone="unreachable" Icon={TriangleAlert} />
      <Lines lines={verdict.notes} tone="scheduling" Icon={Info} />
    </>
  )
}
