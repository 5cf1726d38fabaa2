'use client'

import { CloudOff, Unplug } from 'lucide-react'
import { WATCHED_RESOURCES } from '../../lib/fleet/freshness.ts'
import type { WatchedResource } from '../../lib/fleet/freshness.ts'
import { formatMoment } from '../../lib/fleet/duration.ts'
import { useConnection, useFleetIndex } from '../../lib/live/fleet-hooks.ts'
import { CONNECTION_LOOKS } from '../shell/connection-looks.ts'
import { connectionTrouble } from '../shell/connection-words.ts'
import { DataAge } from '../shell/data-age.tsx'
import { later } from '../ui/later.tsx'
import { Banner } from './banner.tsx'

const PartBanner = later(() => import('./part-banner.tsx').then((module) => module.PartBanner))

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
  const lacking = (name: WatchedResource) =>
    freshness?.[name].state === 'forbidden' || freshness?.[name].state === 'missing'
  return (
    <>
      <StaleBanner />
      {WATCHED_RESOURCES.filter((name) => lacking(name) && (name !== 'pods' || !nothing) && !nags(name)).map(
        (name) => (
          <PartBanner key={name} name={name} />
        ),
      )}
    </>
  )
}
