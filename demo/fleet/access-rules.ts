import { OPERATOR_NAME, OPERATOR_NAMESPACE } from '../../lib/cocoon/component-keys.ts'
import { API_GROUP, PLURAL_COCOON_HIBERNATIONS, PLURAL_COCOON_SETS } from '../../lib/cocoon/keys.ts'

/** One rule of RBAC. */
export interface Rule {
  apiGroups: readonly string[]
  resources: readonly string[]
  verbs: readonly string[]
}

/** A component of a Cocoon cluster: its account, and what it may do in all namespaces and in some. */
export interface Component {
  account: string
  namespace: string
  /** Of the roles and of what gives them to the account. */
  role: string
  rules: readonly Rule[]
  within: Readonly<Record<string, readonly Rule[]>>
}

const NODE_LEASES = 'kube-node-lease'
const COORDINATION = 'coordination.k8s.io'

const rule = (group: string, resources: readonly string[], verbs: readonly string[]): Rule => ({
  apiGroups: [group],
  resources,
  verbs,
})

const READ = ['get', 'list', 'watch']
const BOTH = [PLURAL_COCOON_SETS, PLURAL_COCOON_HIBERNATIONS]
const events = rule('', ['events'], ['create', 'patch'])

/** The operator decides: it owns sets, hibernations and the pods that it makes of them (contract 4, 5). */
const operator: Component = {
  account: OPERATOR_NAME,
  namespace: OPERATOR_NAMESPACE,
  role: OPERATOR_NAME,
  rules: [
    rule(API_GROUP, BOTH, ['get', 'list', 'patch', 'watch']),
    rule(
      API_GROUP,
      BOTH.map((plural) => `${plural}/status`),
      ['patch'],
    ),
    // Its pods block the deletion of their set.
    rule(API_GROUP, [`${PLURAL_COCOON_SETS}/finalizers`], ['update']),
    rule('', ['pods'], ['create', 'delete', 'get', 'list', 'patch', 'watch']),
    events,
  ],
  within: {},
}

/** A node agent runs VMs: it keeps its node, and tells on pods what became of them (contract 6). */
const nodeAgent: Component = {
  account: 'vk-cocoon',
  namespace: OPERATOR_NAMESPACE,
  role: 'vk-cocoon',
  rules: [
    rule('', ['nodes'], ['create', 'get', 'list', 'patch', 'watch']),
    rule('', ['nodes/status', 'pods/status'], ['patch']),
    rule('', ['pods'], ['delete', 'get', 'list', 'patch', 'watch']),
    events,
  ],
  within: {
    [NODE_LEASES]: [rule(COORDINATION, ['leases'], ['create', 'get', 'list', 'patch', 'update', 'watch'])],
  },
}

/** The webhook judges: it looks at other hibernations, and at what a Scale is of (contract 9). */
const webhook: Component = {
  account: 'cocoon-webhook',
  namespace: OPERATOR_NAMESPACE,
  role: 'cocoon-webhook',
  rules: [
    rule(API_GROUP, [PLURAL_COCOON_HIBERNATIONS], ['list']),
    rule('apps', ['deployments', 'statefulsets'], ['get']),
  ],
  within: {},
}

/** The dashboard keeps a cache of the fleet; all else it asks for as whoever looks (`deploy/10-access.yaml`). */
const dashboard: Component = {
  account: 'cocoon-dashboard',
  namespace: 'cocoon-dashboard',
  role: 'cocoon-dashboard',
  rules: [rule(API_GROUP, BOTH, ['list', 'watch']), rule('', ['pods', 'nodes'], ['list', 'watch'])],
  within: {},
}

/** The server of metrics.k8s.io reads what it reports on. */
const metrics: Component = {
  account: 'metrics-server',
  namespace: 'kube-system',
  role: 'system:metrics-server',
  rules: [rule('', ['nodes', 'pods'], READ)],
  within: {},
}

/** Each with the calls that its code makes, and no others: a real API server enforces them. */
export const COMPONENTS: readonly Component[] = [operator, nodeAgent, webhook, dashboard, metrics]

const AGGREGATE = 'rbac.authorization.k8s.io/aggregate-to-'
const into = (...roles: readonly string[]) =>
  Object.fromEntries(roles.map((role) => [`${AGGREGATE}${role}`, 'true']))

const TEAM_READ: readonly Rule[] = [
  rule(API_GROUP, BOTH, READ),
  rule('', ['events', 'pods'], READ),
  rule('events.k8s.io', ['events'], READ),
  rule('', ['pods/log'], ['get']),
  rule('metrics.k8s.io', ['pods'], ['get', 'list']),
]

/** Roles for people: some become part of the cluster's own view, edit and admin, others are given in namespaces. */
export const PEOPLE: readonly { name: string; labels?: Record<string, string>; rules: readonly Rule[] }[] = [
  { name: 'cocoon-view', labels: into('view', 'edit', 'admin'), rules: [rule(API_GROUP, BOTH, READ)] },
  {
    name: 'cocoon-edit',
    labels: into('edit', 'admin'),
    rules: [rule(API_GROUP, BOTH, ['create', 'delete', 'deletecollection', 'patch', 'update'])],
  },
  {
    name: 'system:aggregated-metrics-reader',
    labels: into('view', 'edit', 'admin'),
    rules: [rule('metrics.k8s.io', ['nodes', 'pods'], READ)],
  },
  { name: 'cocoon-team-viewer', rules: TEAM_READ },
  {
    name: 'cocoon-team-operator',
    rules: [
      ...TEAM_READ,
      rule(API_GROUP, BOTH, ['create', 'delete', 'patch', 'update']),
      rule('', ['pods'], ['delete']),
      // A WebSocket begins with a GET; older API servers ask for nothing else (promises 1.3).
      rule('', ['pods/exec'], ['create', 'get']),
    ],
  },
  {
    name: 'cocoon-fleet-viewer',
    rules: [
      ...TEAM_READ,
      rule('', ['namespaces', 'nodes'], READ),
      rule('metrics.k8s.io', ['nodes'], ['get', 'list']),
    ],
  },
]
