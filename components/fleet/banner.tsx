import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'

/** A line above the fleet that limits what is shown below it. */
export function Banner({ tone, Icon, children }: { tone: string; Icon: LucideIcon; children: ReactNode }) {
  return (
    <div
      data-phase={tone}
      className="chip-problem flex min-h-8 flex-wrap items-center gap-x-2 gap-y-1 rounded-lg px-3 py-1.5 text-sm"
    >
      <Icon aria-hidden size={14} strokeWidth={1.9} className="shrink-0" />
      {children}
    </div>
  )
}
