'use client'

import { useSyncExternalStore } from 'react'
import { linkWords } from './link-words.ts'
import type { ConsoleSession } from './session/console-session.ts'

/** Measured by the page itself; what each figure means is its tip. */
const TIP = [
  'Size of the VM’s screen',
  'Round trip: from asking the VM for one pixel to its next answer, in quiet moments',
  'Pictures painted a second, and bytes received by this page, over three seconds',
].join('\n')

/** How the console runs; it changes once a second. */
export function LinkLine({ session }: { session: ConsoleSession }) {
  const figures = useSyncExternalStore(session.subscribeFigures, session.figures, session.figures)
  const screen = session.screen()
  if (screen === null) return null
  const { width, height } = screen.canvas
  return (
    <span data-tip={TIP} className="font-mono text-2xs">
      {linkWords({ width, height }, figures)}
    </span>
  )
}
