import {
  API_GROUP,
  API_VERSION_NAME,
  PLURAL_COCOON_HIBERNATIONS,
  PLURAL_COCOON_SETS,
} from '../../cocoon/keys.ts'

/** What the dashboard ever writes to: never a status, never an annotation of a set's pod (contract 10). */
export const WRITTEN_RESOURCES = ['pods', 'cocoonsets', 'cocoonhibernations'] as const

export type WrittenResource = (typeof WRITTEN_RESOURCES)[number]

/** One operation of a JSON patch (RFC 6902), of those that are sent. */
export type PatchOperation =
  | { op: 'test' | 'add' | 'replace'; path: string; value: unknown }
  | { op: 'remove'; path: string }

interface Place {
  resource: WrittenResource
  namespace: string
  name: string
}

/** One request that changes the cluster, as it is shown before the click and as it is sent. */
export type PlannedWrite = Place &
  (
    | { method: 'POST' | 'PUT'; body: Record<string, unknown> }
    | { method: 'PATCH'; body: readonly PatchOperation[] }
    | { method: 'DELETE'; body: DeleteOptions }
  )

/** A deletion of this very object, not of one that bears its name. */
export interface DeleteOptions {
  kind: 'DeleteOptions'
  apiVersion: 'v1'
  preconditions: { uid: string }
  propagationPolicy: 'Background'
}

const COCOON = `/apis/${API_GROUP}/${API_VERSION_NAME}`

const PREFIX: Record<WrittenResource, string> = {
  pods: '/api/v1',
  cocoonsets: COCOON,
  cocoonhibernations: COCOON,
}

const PLURAL: Record<WrittenResource, string> = {
  pods: 'pods',
  cocoonsets: PLURAL_COCOON_SETS,
  cocoonhibernations: PLURAL_COCOON_HIBERNATIONS,
}

/** The kind of an object, by its resource. */
export const KIND_OF: Record<WrittenResource, string> = {
  pods: 'Pod',
  cocoonsets: 'CocoonSet',
  cocoonhibernations: 'CocoonHibernation',
}

/** The API server's path of one object, or with '' for the name, of all in its namespace. */
export function objectPath({ resource, namespace, name }: Place): string {
  const collection = `${PREFIX[resource]}/namespaces/${namespace}/${PLURAL[resource]}`
  return name === '' ? collection : `${collection}/${name}`
}

/** The API server's path that a write goes to: what is created goes to its collection. */
export function writePath(write: PlannedWrite): string {
  return objectPath(write.method === 'POST' ? { ...write, name: '' } : write)
}
