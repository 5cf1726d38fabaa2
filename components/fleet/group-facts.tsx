import type { GroupItem } from '../../lib/fleet/arrange-types.ts'
import { SetAsked } from '../act/set-asked.tsx'
import { Age } from '../vm/age.tsx'

/** "6/6 ready", or how many VMs where nothing says how many there should be. */
export function readyWords({ ready, desired, total, groupBy }: GroupItem): string {
  if (groupBy === 'phase') return total === 1 ? '1 VM' : `${total} VMs`
  return `${ready}/${desired} ready`
}

/** What else is worth a word about a group. */
export function GroupAside({ group }: { group: GroupItem }) {
  const { set, node, shown, total, orphan } = group
  const words = [
    shown < total && `${shown} of ${total} shown`,
    set !== null && set.nodeName !== '' && `pinned to ${set.nodeName}`,
    node !== null && `pool ${node.pool}`,
    orphan && 'its VMs are still here',
  ].filter((word) => typeof word === 'string')
  // The VMs of a set say themselves what ails them; a set without any, and a node, have nobody else.
  const message = node?.message ?? (total === 0 ? (set?.message ?? '') : '')
  return (
    <>
      {set !== null && <SetAsked set={set} total={total} />}
      {words.length > 0 && (
        <bdi data-tip-cut className="truncate text-xs text-faint">
          {words.join(' · ')}
        </bdi>
      )}
      {message !== '' && (
        <bdi data-phase={group.state?.look} data-tip-cut className="truncate text-xs text-phase-ink">
          {message}
        </bdi>
      )}
    </>
  )
}

/** How old the group is; nothing where it has no birth. */
export function GroupAge({ createdAt }: { createdAt: string | null }) {
  if (createdAt === null || createdAt === '') return null
  return (
    <span className="text-xs text-faint">
      <Age since={createdAt} />
      <span className="sr-only"> old</span>
    </span>
  )
}
