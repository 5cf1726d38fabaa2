import { holds, LACK, lackWords } from './rights.ts'
import type { Right, RightsIn } from './rights.ts'
import { listed } from './wording.ts'

/** Where somebody may do something that is of no object yet: make one, or list those of a namespace. */
export interface Places {
  /** Where it is held, in the order that was asked for. */
  held: readonly string[]
  /** Where it is held or not known: what can be offered. */
  open: readonly string[]
  /** Why it can be done nowhere; null when it can, and while that is not known of all places. */
  reason: string | null
}

/** Where a right is held for all names, of these namespaces. */
export function placesOf(right: Right, namespaces: readonly string[], rights: RightsIn): Places {
  const answers = namespaces.map((namespace) => {
    const known = rights.get(namespace)
    return known === undefined ? undefined : holds(known, right, '')
  })
  const held = namespaces.filter((_, place) => answers[place] === true)
  const open = namespaces.filter((_, place) => answers[place] !== false)
  const [only = '', ...others] = namespaces
  if (only === '' || open.length > 0) return { held, open, reason: null }
  if (others.length === 0) return { held, open, reason: lackWords(right, only) }
  return { held, open, reason: `${LACK} ${right} in any namespace that you see (${listed(namespaces)}).` }
}

/** Where else it is possible, to be said after where it is not; '' when that is known of no place. */
export const elsewhereWords = ({ held }: Pick<Places, 'held'>): string =>
  held.length === 0 ? '' : `You may in ${listed(held)}.`
