'use client'

import { NuqsAdapter } from 'nuqs/adapters/next/app'
import type { ReactNode } from 'react'
import { LiveFleet } from '../../lib/live/live-fleet.tsx'
import { TipLayer } from '../ui/tip-layer.tsx'

/** What every page lives in: the stream of the fleet, the URL's state, the one tooltip. */
export function Providers({ children }: { children: ReactNode }) {
  return (
    <NuqsAdapter>
      <LiveFleet>
        {children}
        <TipLayer />
      </LiveFleet>
    </NuqsAdapter>
  )
}
