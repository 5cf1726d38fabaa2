import type { Cluster } from './cluster.ts'
import type { Continuation } from './continuation.ts'
import { decodeContinuation, encodeContinuation } from './continuation.ts'
import type { ListOptions } from './list-options.ts'
import { listOptionsOf } from './list-options.ts'
import type { ListMeta, Presentation } from './represent.ts'
import { listText } from './represent.ts'
import type { ObjectRoute } from './route.ts'
import type { Selection } from './selection.ts'
import { selectionOf } from './selection.ts'
import { badRequest, isStatusError, statusError, tooLargeRevision } from './status.ts'
import type { Stored } from './stored.ts'

const CONTINUE_EXPIRED =
  'The provided continue parameter is too old to display a consistent list result. You can start a new list ' +
  'without the continue parameter, or use the continue token in this response to retrieve the remainder of the ' +
  'list. Continuing with the provided token results in an inconsistent list - objects that were created, ' +
  'modified, or deleted between the time the first chunk was returned and now may show up in the list.'

/** The revision that a list without a continue token reads; -1 is the current one. */
function readRevision(cluster: Cluster, options: ListOptions): number {
  const asked = options.revision
  if (asked === undefined || asked === 0) return -1
  if (asked > cluster.store.revision()) throw tooLargeRevision(asked, cluster.store.revision())
  const exact = options.match === 'Exact' || (options.match === '' && options.limit > 0)
  return exact ? asked : -1
}

function continuationOf(options: ListOptions): Continuation {
  const found = decodeContinuation(options.continueToken)
  if (options.revision) throw badRequest('specifying resource version is not allowed when using continue')
  return found
}

function expired(error: unknown, after: string): unknown {
  if (!isStatusError(error) || error.status.code !== 410) return error
  const answer = statusError(410, 'Expired', CONTINUE_EXPIRED)
  answer.status.metadata = { continue: encodeContinuation({ revision: -1, after }) }
  return answer
}

interface Page {
  items: Stored[]
  meta: ListMeta
}

/** One page (or all) of a list, with the revision that it shows. Throws 410 and 504 as the original does. */
function page(cluster: Cluster, route: ObjectRoute, selection: Selection, options: ListOptions): Page {
  const from = options.continueToken ? continuationOf(options) : undefined
  const asked = from ? from.revision : readRevision(cluster, options)
  const revision = asked < 0 ? cluster.store.revision() : asked
  let all: Stored[]
  try {
    all = snapshot(cluster, route, selection, revision)
  } catch (error) {
    throw from ? expired(error, from.after) : error
  }
  const rest = from ? all.filter((stored) => stored.key > from.after) : all
  const { matches } = selection
  const found = matches ? rest.filter((stored) => matches(stored.object)) : rest
  // The watch cache answers resourceVersion=0 whole, whatever the limit.
  const limit = options.revision === 0 && !from ? 0 : options.limit
  const resourceVersion = String(revision)
  if (limit === 0 || found.length <= limit) return { items: found, meta: { resourceVersion } }
  const items = found.slice(0, limit)
  const remaining = matches ? {} : { remainingItemCount: found.length - limit }
  return {
    items,
    meta: {
      resourceVersion,
      continue: encodeContinuation({ revision, after: items.at(-1)?.key ?? '' }),
      ...remaining,
    },
  }
}

function snapshot(cluster: Cluster, route: ObjectRoute, selection: Selection, revision: number): Stored[] {
  const { resource, namespace } = route
  const single = selection.name !== undefined && (namespace !== '' || !resource.namespaced)
  if (single && revision === cluster.store.revision()) {
    const stored = cluster.store.get(resource, namespace, selection.name ?? '')
    return stored ? [stored] : []
  }
  return cluster.store.listAt(resource, namespace, revision)
}

/** The body of a list. */
export function listObjects(cluster: Cluster, route: ObjectRoute, how: Presentation): string {
  const options = listOptionsOf(route.query, false)
  const selection = selectionOf(route.resource, route.query)
  const { items, meta } = page(cluster, route, selection, options)
  return listText(route.resource, items, meta, how)
}

/** The current objects of a collection that a request selects, for deletecollection. Throws 400 and 422 as a list. */
export function selectedObjects(cluster: Cluster, route: ObjectRoute): Stored[] {
  listOptionsOf(route.query, false)
  const { matches } = selectionOf(route.resource, route.query)
  const all = cluster.store.list(route.resource, route.namespace)
  return matches ? all.filter((stored) => matches(stored.object)) : all
}

/** The stored object that a route names, or undefined. */
export function storedOf(cluster: Cluster, route: ObjectRoute): Stored | undefined {
  return cluster.store.get(route.resource, route.namespace, route.name)
}
