import type { AccessObject } from './access-object.ts'

/** Who can be chosen on the sign-in page of the demo. */
export type ReadyUserId = 'viewer' | 'operator' | 'fleet-viewer' | 'admin'

/** What a sign-in page needs to offer one of them. */
export interface DemoSignIn {
  id: ReadyUserId
  /** A name and a part, for a button. */
  title: string
  /** One sentence. */
  may: string
  /** A bearer token that the API server knows. */
  token: string
}

interface ReadyUser {
  /** As the API server knows them. */
  username: string
  title: string
  may: string
  role: string
  /** Where the role is theirs; null for everywhere. */
  namespaces: readonly string[] | null
}

/** One for each kind of person who looks at a fleet. Their namespaces are always there. */
const READY_USERS: Record<ReadyUserId, ReadyUser> = {
  viewer: {
    username: 'vera@cocoon.demo',
    title: 'Vera, viewer of research',
    may: 'Sees VMs, sets, events and logs in the namespace research, and changes nothing.',
    role: 'cocoon-team-viewer',
    namespaces: ['research'],
  },
  operator: {
    username: 'omar@cocoon.demo',
    title: 'Omar, operator of qa and finance',
    may: 'Sees, changes and deletes VMs and sets in the namespaces qa and finance, and opens their consoles.',
    role: 'cocoon-team-operator',
    namespaces: ['qa', 'finance'],
  },
  'fleet-viewer': {
    username: 'fay@cocoon.demo',
    title: 'Fay, viewer of the whole fleet',
    may: 'Sees everything in all namespaces and the nodes, and changes nothing.',
    role: 'cocoon-fleet-viewer',
    namespaces: null,
  },
  admin: {
    username: 'ada@cocoon.demo',
    title: 'Ada, administrator',
    may: 'May do everything everywhere.',
    role: 'cluster-admin',
    namespaces: null,
  },
}

export const READY_USER_IDS = Object.keys(READY_USERS) as readonly ReadyUserId[]

/** Where a fleet must have room for them, however small it is. */
export const READY_NAMESPACES = [
  ...new Set(Object.values(READY_USERS).flatMap(({ namespaces }) => namespaces ?? [])),
]

export const usernameOf = (id: ReadyUserId) => READY_USERS[id].username

/** What a sign-in page offers, with tokens of whoever made them. */
export const demoSignIns = (tokenOf: (id: ReadyUserId) => string): DemoSignIn[] =>
  READY_USER_IDS.map((id) => ({
    id,
    title: READY_USERS[id].title,
    may: READY_USERS[id].may,
    token: tokenOf(id),
  }))

const RBAC = 'rbac.authorization.k8s.io'

function bindingsOf({ username, role, namespaces }: ReadyUser): AccessObject[] {
  const bind = (kind: string, metadata: AccessObject['metadata']): AccessObject => ({
    apiVersion: `${RBAC}/v1`,
    kind,
    metadata: { ...metadata },
    roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name: role },
    subjects: [{ kind: 'User', apiGroup: RBAC, name: username }],
  })
  // Named by the person: a role may be bound to others besides.
  const name = username.replace('@', '-at-')
  return namespaces === null
    ? [bind('ClusterRoleBinding', { name })]
    : namespaces.map((namespace) => bind('RoleBinding', { name, namespace }))
}

/** What gives each of them their role. */
export const readyUserBindings = (): AccessObject[] => Object.values(READY_USERS).flatMap(bindingsOf)
