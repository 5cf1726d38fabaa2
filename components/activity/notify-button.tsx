'use client'

import { Bell, BellRing } from 'lucide-react'
import { useState } from 'react'
import type { Operation, Usual } from '../../lib/fleet/operations/operation.ts'
import { useLiveClient } from '../../lib/live/live-fleet.tsx'
import { Button } from '../ui/button.tsx'
import { tellWhenDone, useIsWatched } from './notices.ts'
import type { Permission } from './notices.ts'

/** What is over sooner than this (ms) is not worth a notification. */
const LONG = 5_000

const REFUSALS: Record<Exclude<Permission, 'granted'>, string> = {
  denied: 'The browser does not let this page notify you: allow it in the settings of this site.',
  unsupported: 'This browser cannot notify you here: it needs https, or a browser that knows notifications.',
}

/** Offers to be told by the browser when a long operation ends; nothing is asked before the click. */
export function NotifyButton({
  operation,
  usual,
  now,
}: {
  operation: Operation
  usual: Usual | undefined
  /** Epoch ms on the server's clock. */
  now: number
}) {
  const { store } = useLiveClient()
  const watched = useIsWatched(operation.uid)
  const [outcome, setOutcome] = useState<Permission | null>(null)
  const quick = usual !== undefined && usual.median < LONG
  if (quick && !watched && now - Date.parse(operation.began) < LONG) return null
  if (watched) {
    return (
      <output className="flex items-center gap-1.5 text-xs text-muted">
        <BellRing aria-hidden size={13} strokeWidth={1.75} className="shrink-0" />
        The browser will tell you when it is done.
      </output>
    )
  }
  return (
    <div className="space-y-1">
      <Button
        className="!h-7 !text-xs max-tablet:!h-10"
        onClick={() => void tellWhenDone(store, operation).then(setOutcome)}
      >
        <Bell aria-hidden size={13} strokeWidth={1.75} />
        Tell me when it is done
      </Button>
      <output className="block text-xs text-muted empty:hidden">
        {outcome !== null && outcome !== 'granted' && REFUSALS[outcome]}
      </output>
    </div>
  )
}
