import { ChevronRight } from 'lucide-react'
import type { ReactNode } from 'react'

const LOOKS = {
  /** A part of a panel, from edge to edge. */
  part: {
    frame: 'border-t border-line',
    head: 'h-9 px-4 text-xs text-muted hover:bg-hover',
    body: 'px-4 pt-1 pb-3',
  },
  /** Among the paragraphs of a text. */
  inline: { frame: '', head: 'rounded-md py-0.5 hover:text-text', body: 'pt-2' },
} as const

/** Something long that stays closed until asked for. */
export function Disclosure({
  title,
  look = 'part',
  children,
}: {
  title: string
  look?: keyof typeof LOOKS
  children: ReactNode
}) {
  const { frame, head, body } = LOOKS[look]
  return (
    <details className={`group ${frame}`}>
      <summary className={`flex cursor-pointer list-none items-center gap-1.5 font-medium ${head}`}>
        <ChevronRight
          aria-hidden
          size={13}
          strokeWidth={1.9}
          className="transition-transform duration-150 group-open:rotate-90"
        />
        {title}
      </summary>
      <div className={body}>{children}</div>
    </details>
  )
}
