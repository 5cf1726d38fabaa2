'use client'

import { Activity } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useLiveClient } from '../../lib/live/live-fleet.tsx'
import { useSession } from '../../lib/live/session-provider.tsx'
import { formatCount } from '../ui/format-count.ts'
import { useRunningCount } from './use-running-count.ts'
import { later } from '../ui/later.tsx'

const load = () => import('./activity-drawer.tsx')

const ActivityDrawer = later(() => load().then((module) => module.ActivityDrawer))

const LOOKS = {
  nav: { className: 'nav-link', size: 15, label: 'rail-hide', count: 'nav-count rail-hide' },
  bar: { className: 'bottom-item relative', size: 18, label: '', count: 'absolute top-2 ml-7' },
} as const

/** Opens what runs and what ran; the number is of what runs now. */
export function ActivityButton({ look }: { look: keyof typeof LOOKS }) {
  const [open, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const running = useRunningCount()
  const { store } = useLiveClient()
  // Whose wishes the tab keeps is known no sooner.
  const isKnown = useSession().kind === 'in'
  useEffect(() => {
    if (isKnown) void import('./notices.ts').then(({ keepNotices }) => keepNotices(store))
  }, [isKnown, store])
  const { className, size, label, count } = LOOKS[look]
  const words = running === 0 ? '' : `, ${formatCount(running)} running`
  return (
    <>
      <button
        ref={button}
        type="button"
        aria-haspopup="dialog"
        aria-expanded={open}
        aria-label={`Activity${words}`}
        data-tip={
          look === 'nav' ? `What is being done in the fleet, and what was done lately${words}` : undefined
        }
        className={className}
        onPointerEnter={() => void load()}
        onFocus={() => void load()}
        onClick={() => setOpen(true)}
      >
        <Activity aria-hidden size={size} strokeWidth={1.75} className="shrink-0" />
        <span className={label}>Activity</span>
        {running > 0 && <span className={count}>{formatCount(running)}</span>}
      </button>
      {open && <ActivityDrawer returnFocus={() => button.current} onClose={() => setOpen(false)} />}
    </>
  )
}
