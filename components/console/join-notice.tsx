'use client'

import { Users } from 'lucide-react'
import type { ConsoleViewer } from '../../lib/fleet/console/viewers.ts'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'
import { AskChoice, ViewerList } from './viewers-menu.tsx'

interface JoinProps {
  name: string
  viewers: readonly ConsoleViewer[]
  onJoin: (how: { viewOnly: boolean }) => void
}

/** Before a screen is joined that somebody else looks at: what one types there, they see. */
export function JoinNotice({ name, viewers, onJoin }: JoinProps) {
  return (
    <Notice
      Icon={Users}
      title={`Somebody is at the screen of ${name}`}
      actions={
        <>
          <Button look="primary" onClick={() => onJoin({ viewOnly: true })}>
            Watch
          </Button>
          <Button onClick={() => onJoin({ viewOnly: false })}>Join in</Button>
        </>
      }
    >
      <ViewerList viewers={viewers} />
      <p>You share one screen: each sees what the other does. Nobody is thrown out.</p>
      <AskChoice />
    </Notice>
  )
}
