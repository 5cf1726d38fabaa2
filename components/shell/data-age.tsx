'use client'

import { formatDuration, formatMoment } from '../../lib/fleet/duration.ts'
import { RelativeTime } from '../ui/relative-time.tsx'
import { useNow } from '../ui/use-now.ts'

/** "0.4 s ago", ticking, of a moment on this browser's clock (epoch milliseconds). */
export function DataAge({ at }: { at: number }) {
  const now = useNow(500)
  const text = formatDuration(now - at)
  return <RelativeTime text={`${text} ago`} iso={new Date(at).toISOString()} exact={formatMoment(at)} />
}
