'use client'

import { ClipboardList } from 'lucide-react'
import Link from 'next/link'
import { usePathname } from 'next/navigation'

const AUDIT = '/audit'

/** A link to who did what. */
export function AuditLink({ onGo }: { onGo?: (() => void) | undefined }) {
  const here = usePathname() === AUDIT
  return (
    <Link
      href={AUDIT}
      prefetch={false}
      aria-current={here ? 'page' : undefined}
      data-tip="Who did what through the dashboard"
      className="nav-link"
      onClick={onGo}
    >
      <ClipboardList aria-hidden size={15} strokeWidth={1.75} className="shrink-0" />
      <span className="rail-hide">Audit</span>
    </Link>
  )
}
