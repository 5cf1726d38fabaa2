import type { WatchedResource } from '../fleet/freshness.ts'

/** A resource to list and watch. `path` is absolute and has no query. */
export interface Resource {
  name: string
  path: string
  labelSelector?: string
}

const COCOON = '/apis/cocoonset.cocoonstack.io/v1'

const PATHS: Record<WatchedResource, string> = {
  pods: '/api/v1/pods',
  cocoonsets: `${COCOON}/cocoonsets`,
  cocoonhibernations: `${COCOON}/cocoonhibernations`,
  nodes: '/api/v1/nodes',
}

/** Where the API server serves what the dashboard watches, across all namespaces (contract 3). */
export function watchedResource(name: WatchedResource): Resource {
  return { name, path: PATHS[name] }
}
