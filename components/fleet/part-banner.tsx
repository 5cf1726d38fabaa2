'use client'

import { Lock, PackageOpen } from 'lucide-react'
import type { WatchedResource } from '../../lib/fleet/freshness.ts'
import { useConnection } from '../../lib/live/fleet-hooks.ts'
import { ForbiddenHelp, MissingHelp } from '../shell/resource-help.tsx'
import { RESOURCE_WORDS } from '../shell/resource-words.ts'
import { Popover } from '../ui/popover.tsx'
import { Banner } from './banner.tsx'

/** Says that a part of the cluster may not be read or is not there, and what to do about it. */
export function PartBanner({ name }: { name: WatchedResource }) {
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
