import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'

/** A whole area that has something to say instead of something to show. */
export function Notice({
  Icon,
  title,
  children,
  actions,
}: {
  Icon: LucideIcon
  title: string
  children: ReactNode
  actions?: ReactNode
}) {
  return (
    <section className="m-auto flex w-full max-w-[560px] flex-col items-start gap-2.5 px-6 py-12">
      <Icon aria-hidden size={22} strokeWidth={1.5} className="text-faint" />
      <h2 className="text-lg leading-tight font-bold text-balance">{title}</h2>
      <div className="flex flex-col gap-2.5 text-sm text-pretty text-muted">{children}</div>
      {actions && <div className="mt-2 flex flex-wrap gap-2">{actions}</div>}
    </section>
  )
}
