'use client'

import { Kbd } from '../ui/kbd.tsx'
import { LinkLine } from './link-line.tsx'
import type { ConsoleSession } from './session/console-session.ts'

function KeysGo({ focused, viewOnly }: { focused: boolean; viewOnly: boolean }) {
  if (viewOnly) return <>View only: keys and pointer stay here.</>
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
  viewOnly,
}: {
  session: ConsoleSession
  focused: boolean
  viewOnly: boolean
}) {
  return (
    <div className="console-foot">
      <span className="truncate max-tablet:hidden">
        <KeysGo focused={focused} viewOnly={viewOnly} />
      </span>
      <LinkLine session={session} />
    </div>
  )
}
