'use client'

import { Kbd } from '../ui/kbd.tsx'
import { LinkLine } from './link-line.tsx'
import type { ConsoleSession } from './session/console-session.ts'

function KeysGo({ focused, silent }: { focused: boolean; silent: string | null }) {
  if (silent !== null) return <>{silent} Keys and pointer stay here.</>
  if (!focused) return <>Click the screen, or go there by Tab, to type into the VM.</>
  return (
    <>
      Keys go to the VM. <Kbd>Ctrl</Kbd> <Kbd>Alt</Kbd> <Kbd>Shift</Kbd> together bring them back.
    </>
  )
}

/** Below the picture: where the keys go, and how the connection runs. */
export function ConsoleFoot({
  session,
  focused,
  silent,
}: {
  session: ConsoleSession
  focused: boolean
  /** Why nothing reaches the guest; null when it does. */
  silent: string | null
}) {
  return (
    <div className="console-foot">
      <span className="truncate max-tablet:hidden">
        <KeysGo focused={focused} silent={silent} />
      </span>
      <LinkLine session={session} />
    </div>
  )
}
