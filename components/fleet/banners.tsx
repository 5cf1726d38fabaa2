'use client'

import { CloudOff, Lock, PackageOpen, Unplug } from 'lucide-react'
import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { WATCHED_RESOURCES } from '../../lib/fleet/freshness.ts'
import type { WatchedResource } from '../../lib/fleet/freshness.ts'
import { formatMoment } from '../../lib/fleet/duration.ts'
import { useConnection, useFleetIndex } from '../../lib/live/fleet-hooks.ts'
import { CONNECTION_LOOKS } from '../shell/connection-looks.ts'
import { connectionTrouble } from '../shell/connection-words.ts'
import { DataAge } from '../shell/data-age.tsx'
import { ForbiddenHelp, MissingHelp } from '../shell/resource-help.tsx'
import { RESOURCE_WORDS } from '../shell/resource-words.ts'
import { Popover } from '../ui/popover.tsx'

function Banner({ tone, Icon, children }: { tone: string; Icon: LucideIcon; children: ReactNode }) {
  return (
    <div
      data-phase={tone}
      className="chip-problem flex min-h-8 flex-wrap items-center gap-x-2 gap-y-1 rounded-lg px-3 py-1.5 text-sm"
    >
      <Icon aria-hidden size={14} strokeWidth={1.9} className="shrink-0" />
      {children}
    </div>
  )
}

/** Says that what is shown is not of now, and of when it is. */
function StaleBanner() {
  const connection = useConnection()
  const { state, provenAt } = connection
  if (state !== 'stale' && state !== 'lost') return null
  const { tone, word } = CONNECTION_LOOKS[state]
  return (
    <Banner tone={tone} Icon={state === 'lost' ? Unplug : CloudOff}>
      <output className="font-bold">{word}</output>
      <span className="min-w-0">
        {connectionTrouble(connection)}
        {provenAt > 0 && (
          <>
            {' '}
            What you see is from {formatMoment(provenAt)}, <DataAge at={provenAt} />.
          </>
        )}
      </span>
    </Banner>
  )
}

function PartBanner({ name }: { name: WatchedResource }) {
  const { freshness } = useConnection()
  const fresh = freshness?.[name]
  if (fresh === undefined || (fresh.state !== 'forbidden' && fresh.state !== 'missing')) return null
  const forbidden = fresh.state === 'forbidden'
  const { what, without } = RESOURCE_WORDS[name]
  const title = forbidden ? `${what}: a right is missing` : `${what} are not installed`
  return (
    <Banner tone="unreachable" Icon={forbidden ? Lock : PackageOpen}>
      <span className="font-bold">{title}</span>
      <span className="min-w-0">{without}</span>
      <Popover
        title={title}
        trigger="What to do"
        triggerClass="rounded-md font-medium underline underline-offset-2 hover:no-underline"
      >
        {forbidden ? <ForbiddenHelp name={name} fresh={fresh} /> : <MissingHelp name={name} />}
      </Popover>
    </Banner>
  )
}

/**
 * Everything that limits what the page shows, above it. Where nothing is shown for want of pods a notice says so. Who is
 * of one team need not see nodes: the state of the connection says that they are not allowed, and nothing nags.
 */
export function Banners() {
  const { vms, sets } = useFleetIndex()
  const { freshness } = useConnection()
  const nothing = vms.size === 0 && sets.size === 0
  const nags = (name: WatchedResource) =>
    freshness?.[name].yours === true && (name === 'nodes' || (nothing && freshness.pods.yours === true))
  return (
    <>
      <StaleBanner />
      {WATCHED_RESOURCES.filter((name) => (name !== 'pods' || !nothing) && !nags(name)).map((name) => (
        <PartBanner key={name} name={name} />
      ))}
    </>
  )
}
