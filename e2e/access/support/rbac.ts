import type { Connection } from '../../../demo/client/connection.ts'

const RBAC = 'rbac.authorization.k8s.io'

export interface Rule {
  apiGroups: string[]
  resources: string[]
  verbs: string[]
  resourceNames?: string[]
}

/** What is given, and where; null for the whole cluster. */
export interface Grant {
  namespace: string | null
  rules: Rule[]
}

const baseOf = (namespace: string | null) =>
  `/apis/${RBAC}/v1${namespace === null ? '' : `/namespaces/${namespace}`}/`
const kindOf = (namespace: string | null) => (namespace === null ? 'ClusterRole' : 'Role')

/** Gives somebody a role of this name. */
export async function grant(
  admin: Connection,
  name: string,
  subject: object,
  { namespace, rules }: Grant,
): Promise<void> {
  const kind = kindOf(namespace)
  const plural = `${baseOf(namespace)}${kind.toLowerCase()}`
  const metadata = { name }
  await admin.send('POST', `${plural}s`, { apiVersion: `${RBAC}/v1`, kind, metadata, rules })
  await admin.send('POST', `${plural}bindings`, {
    apiVersion: `${RBAC}/v1`,
    kind: `${kind}Binding`,
    metadata,
    roleRef: { apiGroup: RBAC, kind, name },
    subjects: [subject],
  })
}

/** Takes the role of this name away again. */
export async function revoke(admin: Connection, name: string, namespace: string | null): Promise<void> {
  const plural = `${baseOf(namespace)}${kindOf(namespace).toLowerCase()}`
  await admin.send('DELETE', `${plural}bindings/${name}`)
  await admin.send('DELETE', `${plural}s/${name}`)
}
