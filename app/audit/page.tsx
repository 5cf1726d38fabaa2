import type { Metadata } from 'next'
import { AuditPage } from '../../components/audit/audit-page.tsx'

export const metadata: Metadata = { title: 'Audit' }

/** Who did what through the dashboard. */
export default function Page() {
  return <AuditPage />
}
