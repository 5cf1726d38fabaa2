'use client'

import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { NuqsAdapter } from 'nuqs/adapters/next/app'
import { useState } from 'react'
import type { ReactNode } from 'react'
import { LiveFleet } from '../../lib/live/live-fleet.tsx'
import { TipLayer } from '../ui/tip-layer.tsx'

/** What is asked on demand is asked again when somebody looks again, and retried by people, not by timers. */
function newQueryClient(): QueryClient {
  return new QueryClient({ defaultOptions: { queries: { retry: 1, staleTime: 5_000 } } })
}

/** What every page lives in: the stream of the fleet, on-demand queries, the URL's state, the one tooltip. */
export function Providers({ children }: { children: ReactNode }) {
  const [queries] = useState(newQueryClient)
  return (
    <NuqsAdapter>
      <QueryClientProvider client={queries}>
        <LiveFleet>
          {children}
          <TipLayer />
        </LiveFleet>
      </QueryClientProvider>
    </NuqsAdapter>
  )
}
