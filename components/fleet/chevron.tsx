import { ChevronRight } from 'lucide-react'

/** Points down while its group is open. The row says the same to assistive technology. */
export function Chevron({ collapsed }: { collapsed: boolean }) {
  return (
    <ChevronRight
      aria-hidden
      size={14}
      strokeWidth={1.9}
      className={`shrink-0 text-muted transition-transform duration-150 ${collapsed ? '' : 'rotate-90'}`}
    />
  )
}
