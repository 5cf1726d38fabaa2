'use client'

import {
  Ban,
  Bed,
  Ghost,
  Hourglass,
  Loader,
  LogOut,
  MonitorOff,
  MonitorX,
  PictureInPicture2,
  PlugZap,
  Replace,
  ShieldQuestion,
  Users,
} from 'lucide-react'
import type { LucideIcon } from 'lucide-react'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'
import { useNow } from '../ui/use-now.ts'
import type { Ended } from './session/console-ends.ts'
import type { ConsoleState } from './session/console-state.ts'

const ICONS: Record<Ended['cause'], LucideIcon> = {
  'target-refused': Ban,
  'not-rfb': MonitorX,
  unreachable: MonitorOff,
  'vm-gone': Ghost,
  'vm-moved': Replace,
  hibernating: Bed,
  'rights-gone': Ban,
  idle: Hourglass,
  'time-limit': Hourglass,
  'too-slow': Hourglass,
  'too-many': Users,
  'taken-over': Users,
  'guest-closed': PlugZap,
  'server-shutdown': PlugZap,
  'cluster-silent': PlugZap,
  'shell-ended': LogOut,
  'shell-refused': Ban,
  'shell-fault': Ban,
  'not-opened': PlugZap,
  lost: PlugZap,
  left: LogOut,
  'own-window': PictureInPicture2,
  refused: Ban,
  'auth-failed': Ban,
  broken: MonitorX,
  'still-answers': Users,
}

interface EndProps {
  end: Ended
  onOpen: () => void
  onStop: () => void
}

function Countdown({ until }: { until: number }) {
  const now = useNow(1_000)
  const seconds = Math.max(0, Math.ceil((until - now) / 1_000))
  return (
    <p className="tabular-nums" aria-hidden>
      {seconds === 0 ? 'Trying again.' : `Trying again in ${seconds} s.`}
    </p>
  )
}

/** Why there is no picture any more, and what brings it back. */
export function EndNotice({ end, until, onOpen, onStop }: EndProps & { until: number | null }) {
  const open: Record<Ended['reopening'], string | null> = {
    'by-itself': 'Try now',
    'by-hand': end.cause === 'left' || end.cause === 'own-window' ? 'Connect' : 'Connect again',
    'when-ready': null,
    not: 'Try again',
  }
  const label = open[end.reopening]
  return (
    <Notice
      Icon={ICONS[end.cause]}
      title={end.title}
      actions={
        <>
          {label !== null && (
            <Button look="primary" onClick={onOpen}>
              {label}
            </Button>
          )}
          {until !== null && <Button onClick={onStop}>Stop trying</Button>}
        </>
      }
    >
      <p className="wrap-anywhere">
        <bdi>{end.detail}</bdi>
      </p>
      {until !== null && <Countdown until={until} />}
      {end.reopening === 'when-ready' && <p>It opens by itself when the VM is ready.</p>}
    </Notice>
  )
}

/** Shown only after a moment: most consoles are there before. */
export function OpeningNotice({ name, attempt }: { name: string; attempt: number }) {
  return (
    <div className="console-late m-auto flex items-center gap-2.5 text-sm text-muted">
      <Loader aria-hidden size={16} strokeWidth={1.75} className="animate-spin" />
      <span>
        Connecting to the screen of <bdi>{name}</bdi>
        {attempt > 0 && `, try ${attempt + 1}`}
      </span>
    </div>
  )
}

interface IdentityProps {
  fingerprint: string
  onApprove: () => void
  onCancel: () => void
}

/** Asked once for each connection: the key of a VNC server is known to nobody here. */
export function IdentityNotice({ fingerprint, onApprove, onCancel }: IdentityProps) {
  return (
    <Notice
      Icon={ShieldQuestion}
      title="Is this the right VNC server?"
      actions={
        <>
          <Button look="primary" onClick={onApprove}>
            It is
          </Button>
          <Button onClick={onCancel}>Cancel</Button>
        </>
      }
    >
      <p>It encrypts by a key of its own and shows this fingerprint. Compare it with that of the guest.</p>
      <p className="font-mono text-xs break-all text-text">{fingerprint}</p>
    </Notice>
  )
}

/** Names are used again: what is typed must not land in another VM than the one that was meant (promise D6). */
export function ReplacedNotice({ name, onOpen }: { name: string; onOpen: () => void }) {
  return (
    <Notice
      Icon={Replace}
      title={`${name} is another VM now`}
      actions={
        <Button look="primary" onClick={onOpen}>
          Open its screen
        </Button>
      }
    >
      <p>The one whose screen was here is gone. Its successor has the same name, and a screen of its own.</p>
    </Notice>
  )
}

/** What a screen reader is told, once per change. */
export function spoken(state: ConsoleState, name: string): string {
  switch (state.at) {
    case 'closed':
      return ''
    case 'opening':
      return `Connecting to the screen of ${name}.`
    case 'credentials':
      return `The screen of ${name} asks who you are.`
    case 'identity':
      return 'The VNC server shows its key.'
    case 'open':
      return `Connected to the screen of ${name}.`
    case 'waiting':
      return `${state.end.title}. Trying again soon.`
    case 'over':
      return `${state.end.title}. ${state.end.detail}`
  }
}
