/** Where somebody may list the objects of one resource: in the whole cluster, or in these namespaces. */
export type Seen = 'all' | ReadonlySet<string>

/** What somebody may list, by resource: what of the shared fleet they are shown. */
export interface Sight {
  /** Two sights with one key see the same, and share one view. Never shown: it names namespaces. */
  key: string
  pods: Seen
  cocoonsets: Seen
  cocoonhibernations: Seen
  /** Nodes are of no namespace. */
  nodes: boolean
}

/** The resources of a sight that live in namespaces. */
export const NAMESPACED = ['pods', 'cocoonsets', 'cocoonhibernations'] as const

export type Namespaced = (typeof NAMESPACED)[number]

/** Whether what is in `namespace` is within sight. */
export const sees = (seen: Seen, namespace: string): boolean => seen === 'all' || seen.has(namespace)

/** Whether there is anywhere something of it to see. */
export const seesAny = (seen: Seen): boolean => seen === 'all' || seen.size > 0

// Written out and not hashed: two sights that differ may never share a key.
const written = (seen: Seen) => (seen === 'all' ? seen : [...seen].toSorted())

/** A sight with its key. */
export const sightOf = ({ pods, cocoonsets, cocoonhibernations, nodes }: Omit<Sight, 'key'>): Sight => ({
  key: JSON.stringify([written(pods), written(cocoonsets), written(cocoonhibernations), nodes]),
  pods,
  cocoonsets,
  cocoonhibernations,
  nodes,
})

/** Of one who may list everything, everywhere. */
export const ALL_SIGHT: Sight = sightOf({
  pods: 'all',
  cocoonsets: 'all',
  cocoonhibernations: 'all',
  nodes: true,
})

const NOWHERE: ReadonlySet<string> = new Set<string>()

/** Of one who may list nothing. */
export const NO_SIGHT: Sight = sightOf({
  pods: NOWHERE,
  cocoonsets: NOWHERE,
  cocoonhibernations: NOWHERE,
  nodes: false,
})
