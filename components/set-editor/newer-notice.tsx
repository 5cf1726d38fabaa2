'use client'

import { useFleetIndex } from '../../lib/live/fleet-hooks.ts'
import { Button } from '../ui/button.tsx'
import type { SetBase } from './document/set-base.ts'

/** Told while somebody edits: the cluster has a newer specification of the set, or the set is gone. */
export function NewerNotice({ base, onTake }: { base: SetBase; onTake: () => void }) {
  const { sets, loaded } = useFleetIndex()
  const { uid, generation = 0, name } = base.metadata
  const set = sets.get(uid)
  if (!loaded || (set !== undefined && set.generation <= generation && set.deletedAt === null)) return null
  const gone = set === undefined || set.deletedAt !== null
  return (
    <output
      data-phase="unreachable"
      className="chip-problem flex flex-wrap items-center gap-x-3 gap-y-1 rounded-lg px-3 py-2 text-sm"
    >
      <bdi className="min-w-0 flex-1">
        {gone
          ? `Set ${name} is gone, or is being deleted. What you wrote is kept: review it to go on.`
          : `Somebody changed set ${name} since this page was opened. What you wrote is kept.`}
      </bdi>
      {!gone && (
        <Button className="!h-7" onClick={onTake}>
          Bring in the newer version
        </Button>
      )}
    </output>
  )
}
