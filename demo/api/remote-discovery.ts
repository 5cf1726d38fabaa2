import type { JsonRecord } from './json.ts'
import { isRecord, listAt, textAt, valueAt } from './json.ts'

/** What another API server says about one of its versions. */
export interface RemoteVersion {
  /** Its APIResourceList as it was last heard; {} before that. */
  document: JsonRecord
  freshness: 'Current' | 'Stale'
}

function described(resource: unknown): JsonRecord {
  const categories = listAt(resource, 'categories')
  const shortNames = listAt(resource, 'shortNames')
  return {
    resource: textAt(resource, 'name'),
    responseKind: {
      group: textAt(resource, 'group'),
      version: textAt(resource, 'version'),
      kind: textAt(resource, 'kind'),
    },
    scope: valueAt(resource, 'namespaced') === true ? 'Namespaced' : 'Cluster',
    singularResource: textAt(resource, 'singularName'),
    verbs: listAt(resource, 'verbs'),
    ...(shortNames.length > 0 && { shortNames }),
    ...(categories.length > 0 && { categories }),
  }
}

/** An APIResourceList in the form of aggregated discovery; subresources are of no use to clients there. */
export function aggregatedRemote(document: JsonRecord): JsonRecord[] {
  return listAt(document, 'resources')
    .filter((one) => isRecord(one) && !textAt(one, 'name').includes('/'))
    .map(described)
}
