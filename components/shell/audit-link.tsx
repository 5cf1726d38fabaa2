'use client'

import { ClipboardList } from 'lucide-react'
import { usePathname } from 'next/navigation'
import { JudgedLink } from '../act/rights/judged-link.tsx'

const AUDIT = '/audit'

/** A link to who did what. */
export function AuditLink({ onGo }: { onGo?: (() => void) | undefined }) {
  const here = usePathname() === AUDIT
  return (
    <JudgedLink
      right="list events"
      href={AUDIT}
      aria-current={here ? 'page' : undefined}
      data-tip="Who did what through the dashboard"
      className="nav-link"
      onClick={onGo}
    >
      <ClipboardList aria-hidden size={15} strokeWidth={1.75} className="shrink-0" />
      <span className="rail-hide">Audit</span>
    </JudgedLink>
  )
}
