'use client'

import { createContext, use, useEffect, useState } from 'react'
import type { ReactNode } from 'react'
import { createLiveClient } from './live-client.ts'
import type { LiveClient } from './live-client.ts'
import { useSession, useSessionClient } from './session-provider.tsx'

const LiveContext = createContext<LiveClient | null>(null)

/** Opens the fleet's stream for everything below it, once it is known whose. Once a page. */
export function LiveFleet({ children }: { children: ReactNode }) {
  const [client] = useState(() => createLiveClient('/api/fleet/stream'))
  const session = useSession()
  const who = session.kind === 'in' ? session.who : null
  const trouble = session.kind === 'asking' ? session.trouble : ''
  useEffect(() => (who === null ? client.waitFor(trouble) : client.start(who)), [client, who, trouble])
  const sessionClient = useSessionClient()
  useEffect(() => {
    let before = client.connection().state
    return client.subscribeConnection(() => {
      const { state } = client.connection()
      // Whoever comes back may be somebody else by now.
      if (before === 'lost' && state !== 'lost') void sessionClient.refresh()
      before = state
    })
  }, [client, sessionClient])
  return <LiveContext value={client}>{children}</LiveContext>
}

/** The page's live client. @throws Error outside of `LiveFleet`. */
export function useLiveClient(): LiveClient {
  const client = use(LiveContext)
  if (client === null) throw new Error('useLiveClient needs a LiveFleet above it')
  return client
}
