import { ChevronRight } from 'lucide-react'
import type { ReactNode } from 'react'

/** Something long that stays closed until asked for. */
export function Disclosure({ title, children }: { title: string; children: ReactNode }) {
  return (
    <details className="group border-t border-line">
      <summary className="flex h-9 cursor-pointer list-none items-center gap-1.5 px-4 text-xs font-medium text-muted hover:bg-hover">
        <ChevronRight
          aria-hidden
          size={13}
          strokeWidth={1.9}
          className="transition-transform duration-150 group-open:rotate-90"
        />
        {title}
      </summary>
      <div className="px-4 pt-1 pb-3">{children}</div>
    </details>
  )
}
