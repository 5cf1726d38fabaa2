import { agree, counted } from '../../lib/fleet/can/wording.ts'
import type { Present } from '../../lib/fleet/selection/present.ts'
import { formatCount } from '../ui/format-count.ts'

/** "14 selected", "2 sets selected". */
export function chosenWords({ vms, sets }: Present): string {
  if (vms.length > 0 || sets.length === 0) return `${formatCount(vms.length)} selected`
  return `${counted(sets.length, 'set')} selected`
}

/** What else there is to know of the selection: where they are, and who is not to be seen or not there any more. */
export function asideWords({ vms, gone }: Present, shown: ReadonlySet<string>): string {
  const sets = new Set(vms.flatMap(({ namespace, set }) => (set === null ? [] : [`${namespace}/${set}`])))
  const hidden = vms.filter(({ uid }) => !shown.has(uid)).length
  const parts = [
    sets.size > 0 ? `in ${counted(sets.size, 'set')}` : '',
    hidden > 0 ? `${formatCount(hidden)} outside this search` : '',
    gone > 0 ? `${formatCount(gone)} ${agree(gone, 'has', 'have')} gone` : '',
  ]
  return parts.filter((part) => part !== '').join(' · ')
}
