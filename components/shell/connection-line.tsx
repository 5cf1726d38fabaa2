'use client'

import type { Connection } from '../../lib/live/live-state.ts'
import { connectionTrouble } from './connection-words.ts'
import { DataAge } from './data-age.tsx'

/** The age of the data, or why there is none. Troubles are told by the banner over the data. */
export function ConnectionLine({ connection }: { connection: Connection }) {
  const { state, provenAt } = connection
  if (provenAt === 0) return connectionTrouble(connection)
  return (
    <>
      {state === 'live' ? 'API answered' : 'Last answer'} <DataAge at={provenAt} />
    </>
  )
}
