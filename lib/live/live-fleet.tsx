'use client'

import { createContext, use, useEffect, useState } from 'react'
import type { ReactNode } from 'react'
import { createLiveClient } from './live-client.ts'
import type { LiveClient } from './live-client.ts'

const LiveContext = createContext<LiveClient | null>(null)

/** Opens the fleet's stream for everything below it. Once a page. */
export function LiveFleet({ children }: { children: ReactNode }) {
  const [client] = useState(() => createLiveClient('/api/fleet/stream'))
  useEffect(() => client.start(), [client])
  return <LiveContext value={client}>{children}</LiveContext>
}

/** The page's live client. @throws Error outside of `LiveFleet`. */
export function useLiveClient(): LiveClient {
  const client = use(LiveContext)
  if (client === null) throw new Error('useLiveClient needs a LiveFleet above it')
  return client
}
