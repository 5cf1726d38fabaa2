import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'

/** One line over the page. `tone` is the phase whose colour it borrows; without one it is of the accent. */
export function SessionBanner({
  Icon,
  tone,
  label,
  actions,
  children,
}: {
  Icon: LucideIcon
  tone?: string
  label: string
  actions?: ReactNode
  children: ReactNode
}) {
  return (
    <section aria-label={label} data-phase={tone} className="session-banner">
      <Icon
        aria-hidden
        size={14}
        strokeWidth={1.9}
        className="shrink-0 max-tablet:self-start max-tablet:mt-0.5"
      />
      <div className="min-w-0 flex-1">{children}</div>
      {actions && <div className="flex shrink-0 items-center gap-1.5">{actions}</div>}
    </section>
  )
}
