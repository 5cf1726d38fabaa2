'use client'

import { formatAge, formatMoment, NONE } from '../../lib/fleet/duration.ts'
import { useServerNow } from '../../lib/live/fleet-hooks.ts'
import { RelativeTime } from '../ui/relative-time.tsx'

/** How long ago something of the cluster's happened, ticking; the exact moment is its tip. */
export function Age({ since, ago = false }: { since: string | null; ago?: boolean }) {
  const now = useServerNow(10_000)
  if (since === null || since === '' || now === 0) return <>{NONE}</>
  const text = formatAge(since, now)
  return <RelativeTime text={ago ? `${text} ago` : text} iso={since} exact={formatMoment(since)} />
}
