import { readFileSync } from 'node:fs'
import type { JsonRecord } from './json.ts'
import { isRecord, listAt } from './json.ts'

const GROUP = 'rbac.authorization.k8s.io'
/** Roles and bindings of a new v1.36 server, without what they all say. */
const FILE = new URL('bootstrap-roles.json', import.meta.url)

function complete(role: JsonRecord): JsonRecord {
  const metadata = isRecord(role.metadata) ? role.metadata : {}
  const labels = isRecord(metadata.labels) ? metadata.labels : {}
  const subjects = listAt(role, 'subjects').map((one) =>
    isRecord(one) && one.kind !== 'ServiceAccount' ? Object.assign({ apiGroup: GROUP }, one) : one,
  )
  return {
    ...role,
    apiVersion: `${GROUP}/v1`,
    metadata: {
      ...metadata,
      labels: { 'kubernetes.io/bootstrapping': 'rbac-defaults', ...labels },
      annotations: { 'rbac.authorization.kubernetes.io/autoupdate': 'true' },
    },
    ...(isRecord(role.roleRef) && { roleRef: { apiGroup: GROUP, ...role.roleRef } }),
    ...(subjects.length > 0 && { subjects }),
  }
}

/** The roles and bindings that every API server with RBAC makes for itself, from cluster-admin to its controllers'. */
export function bootstrapRoles(): JsonRecord[] {
  const read: unknown = JSON.parse(readFileSync(FILE, 'utf8'))
  return Array.isArray(read) ? read.filter(isRecord).map(complete) : []
}
