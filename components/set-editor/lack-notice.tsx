'use client'

import { Lock } from 'lucide-react'
import { placesOf } from '../../lib/fleet/can/somewhere.ts'
import { namespacesOf } from '../../lib/fleet/namespaces-of.ts'
import { useFleetIndex } from '../../lib/live/fleet-hooks.ts'
import { useRightsIn } from '../act/rights/use-rights-in.ts'
import { Button } from '../ui/button.tsx'

/** More buttons than these help nobody: the field suggests all of them. */
const MOST = 6

/** The namespaces where a set can be made, to be chosen by a click. */
function Elsewhere({ onNamespace }: { onNamespace: (namespace: string) => void }) {
  const { vms, sets } = useFleetIndex()
  const namespaces = namespacesOf(vms.values(), sets.values())
  const { held } = placesOf('create cocoonsets', namespaces, useRightsIn(namespaces).rights)
  if (held.length === 0) return null
  return (
    <span className="flex flex-wrap items-center gap-1.5">
      You may in
      {held.slice(0, MOST).map((namespace) => (
        <Button key={namespace} className="!h-7 max-tablet:!h-10" onClick={() => onNamespace(namespace)}>
          <bdi>{namespace}</bdi>
        </Button>
      ))}
      {held.length > MOST && ` and ${held.length - MOST} more`}
    </span>
  )
}

/** Told before anything is filled in: the document cannot be written where it says, for want of a right. */
export function LackNotice({
  lack,
  creating,
  onNamespace,
}: {
  lack: string
  creating: boolean
  onNamespace: (namespace: string) => void
}) {
  return (
    <output
      data-phase="unreachable"
      className="chip-problem flex flex-wrap items-center gap-x-3 gap-y-1.5 rounded-lg px-3 py-2 text-sm"
    >
      <span className="flex min-w-0 gap-2">
        <Lock aria-hidden size={14} strokeWidth={1.9} className="mt-[3px] shrink-0" />
        <bdi className="min-w-0 wrap-anywhere">
          {creating ? lack : `${lack} What you change here cannot be saved.`}
        </bdi>
      </span>
      {creating && <Elsewhere onNamespace={onNamespace} />}
    </output>
  )
}
