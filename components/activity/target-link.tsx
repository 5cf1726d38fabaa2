'use client'

import { termText } from '../../lib/fleet/search-edit.ts'
import { ViewLink } from '../shell/view-link.tsx'
import type { OwnTarget } from './own-operation.ts'

/** Leads to the VM or the set, in the fleet. */
export function TargetLink({
  target: { kind, namespace, name },
  title,
  onLeave,
}: {
  target: OwnTarget
  title: string
  onLeave: () => void
}) {
  const search = `${termText('ns', `=${namespace}`)} ${termText(kind === 'vm' ? 'name' : 'set', `=${name}`)}`
  return (
    <ViewLink search={search} className="rounded-sm underline-offset-2 hover:underline" onGo={onLeave}>
      <bdi>{title}</bdi>
    </ViewLink>
  )
}
