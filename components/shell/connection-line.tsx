'use client'

import type { Connection } from '../../lib/live/live-state.ts'
import { CONNECTION_LOOKS } from './connection-looks.ts'
import { DataAge } from './data-age.tsx'

/** What the state of the connection means for what is on the screen, in a line. */
export function ConnectionLine({ connection }: { connection: Connection }) {
  const { state, provenAt, message } = connection
  const { meaning } = CONNECTION_LOOKS[state]
  if (state === 'live' && provenAt > 0) {
    return (
      <>
        API answered <DataAge at={provenAt} />
      </>
    )
  }
  return (
    <>
      {message || meaning}
      {provenAt > 0 && (
        <>
          {' '}
          Last answer <DataAge at={provenAt} />.
        </>
      )}
    </>
  )
}
