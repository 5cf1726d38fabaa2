'use client'

import { createContext, use, useEffect, useState, useSyncExternalStore } from 'react'
import type { ReactNode } from 'react'
import { createSessionClient } from './session-client.ts'
import type { SessionClient } from './session-client.ts'
import { ASKING } from './session-state.ts'
import type { SessionState } from './session-state.ts'

const SessionContext = createContext<SessionClient | null>(null)

/** Finds out for everything below it who the page is for. Once a page. */
export function SessionProvider({ children }: { children: ReactNode }) {
  const [client] = useState(createSessionClient)
  useEffect(() => client.start(), [client])
  useEffect(() => {
    // A tab that was out of sight may have slept through what the others told it.
    const look = () => {
      if (document.visibilityState === 'visible') void client.refresh()
    }
    document.addEventListener('visibilitychange', look)
    return () => document.removeEventListener('visibilitychange', look)
  }, [client])
  return <SessionContext value={client}>{children}</SessionContext>
}

/** The page's session client. @throws Error outside of `SessionProvider`. */
export function useSessionClient(): SessionClient {
  const client = use(SessionContext)
  if (client === null) throw new Error('useSessionClient needs a SessionProvider above it')
  return client
}

/** Who the page is for. */
export function useSession(): SessionState {
  const client = useSessionClient()
  return useSyncExternalStore(client.subscribe, client.state, () => ASKING)
}
