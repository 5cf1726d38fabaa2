'use client'

import { CircleQuestionMark, History, Server, TriangleAlert } from 'lucide-react'
import type { LucideIcon } from 'lucide-react'
import { useServerNow } from '../../../lib/live/fleet-hooks.ts'
import type { Landing } from '../landing.ts'
import { fullWords, roomWords, snapshotWords } from './landing-words.ts'
import { RoomBars } from './room-bars.tsx'

function Said({ Icon, children, alarm = false }: { Icon: LucideIcon; children: string; alarm?: boolean }) {
  if (children === '') return null
  return (
    <p data-phase={alarm ? 'unreachable' : undefined} className="flex gap-2 wrap-anywhere">
      <Icon
        aria-hidden
        size={14}
        strokeWidth={1.9}
        className={alarm ? 'mt-[3px] shrink-0 text-phase-ink' : 'mt-[3px] shrink-0 text-muted'}
      />
      <bdi className={alarm ? 'text-phase-ink' : 'text-muted'}>{children}</bdi>
    </p>
  )
}

/** Where VMs will land, whether the node has room, and how old the state is that forks carry. */
export function LandingView({ landing }: { landing: Landing }) {
  const now = useServerNow(60_000)
  const { room, node } = landing
  return (
    <>
      <section
        aria-label={`Room on ${node}`}
        className="space-y-2.5 rounded-lg border border-line px-3 py-2.5"
      >
        <p className="flex items-center gap-2">
          <Server aria-hidden size={14} strokeWidth={1.75} className="shrink-0 text-muted" />
          <span className="min-w-0 flex-1 wrap-anywhere">
            After this, on <bdi className="font-medium">{node}</bdi>
          </span>
          {room !== null && <span className="shrink-0 text-xs text-muted">{roomWords(room)}</span>}
        </p>
        {room === null ? (
          <p className="text-muted">The node cannot be read, so whether it has room is not known.</p>
        ) : (
          <RoomBars resources={room.resources} />
        )}
      </section>
      <Said Icon={TriangleAlert} alarm>
        {fullWords(landing)}
      </Said>
      <Said Icon={landing.oldest === null ? CircleQuestionMark : History}>{snapshotWords(landing, now)}</Said>
    </>
  )
}
