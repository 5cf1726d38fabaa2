import type { Connection } from '../../../demo/client/connection.ts'
import type { MarkedNamespace } from './marked-fleet.ts'
import { grant } from './rbac.ts'
import type { Grant, Rule } from './rbac.ts'

const RBAC = 'rbac.authorization.k8s.io'
const COCOON = 'cocoonset.cocoonstack.io'
const HOME = 'crew'
const OTHER_HOME = 'crew-b'

/** Every kind of person who may come, by what they may do. */
export const WATCHER_KINDS = [
  'none',
  'view-ns',
  'view-all',
  'resource-names-only',
  'list-without-get',
  'watch-without-list',
  'group-only',
  'expired',
  'deleted',
  'service-account',
  'impersonating',
  'admin',
] as const

export type WatcherKind = (typeof WATCHER_KINDS)[number]

/** How somebody speaks to the API server: with their own token, or through one who may speak for them. */
export interface Watcher {
  kind: WatcherKind
  token: string
  /** Headers of impersonation; {} for none. */
  headers: Readonly<Record<string, string>>
}

const READ = ['get', 'list', 'watch']
const rules = (verbs: string[], ...resources: string[]): Rule[] => {
  const own = resources.filter((resource) => resource.startsWith('cocoon'))
  const core = resources.filter((resource) => !resource.startsWith('cocoon'))
  return [
    ...(core.length > 0 ? [{ apiGroups: [''], resources: core, verbs }] : []),
    ...(own.length > 0 ? [{ apiGroups: [COCOON], resources: own, verbs }] : []),
  ]
}
/** All that there is to see in a namespace. */
const FLEET = ['pods', 'pods/log', 'events', 'cocoonsets', 'cocoonhibernations']

/** Each kind looks at other namespaces, so that no right of one hides a fault in that of another. */
function grantsOf(kind: WatcherKind, [a, b, c, d, e, f, g, h, i, j]: readonly MarkedNamespace[]): Grant[] {
  const of = (place: MarkedNamespace | undefined, ...granted: Rule[][]): Grant => ({
    namespace: place?.name ?? '',
    rules: granted.flat(),
  })
  const one: Rule[] = [
    { apiGroups: [''], resources: ['pods', 'pods/log'], verbs: READ, resourceNames: [c?.pods[0] ?? ''] },
  ]
  const table: Record<WatcherKind, Grant[]> = {
    none: [],
    'view-ns': [of(a, rules(READ, ...FLEET)), of(b, rules(READ, ...FLEET))],
    'view-all': [{ namespace: null, rules: rules(READ, ...FLEET, 'nodes') }],
    'resource-names-only': [of(c, one)],
    'list-without-get': [of(d, rules(['list', 'watch'], ...FLEET))],
    'watch-without-list': [of(e, rules(['watch'], ...FLEET))],
    'group-only': [of(f, rules(READ, ...FLEET))],
    expired: [of(a, rules(READ, ...FLEET))],
    deleted: [of(a, rules(READ, ...FLEET))],
    // Only a part of each: what is joined from several must not show the others.
    'service-account': [
      of(g, rules(READ, 'pods', 'events')),
      of(h, rules(READ, 'cocoonsets')),
      of(i, rules(READ, 'pods', 'cocoonsets')),
      of(j, rules(READ, 'pods', 'cocoonhibernations')),
    ],
    impersonating: [of(b, rules(READ, ...FLEET)), of(j, rules(READ, ...FLEET))],
    admin: [{ namespace: null, rules: [{ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }] }],
  }
  return table[kind]
}

/** The right to see all that there is in a namespace. */
export const viewOf = (namespace: string): Grant => ({ namespace, rules: rules(READ, ...FLEET) })

/** What a role is given to. */
export function subjectOf(kind: WatcherKind): object {
  if (kind === 'group-only')
    return { kind: 'Group', apiGroup: RBAC, name: `system:serviceaccounts:${OTHER_HOME}` }
  if (kind === 'impersonating') return { kind: 'Group', apiGroup: RBAC, name: 'watchers' }
  return { kind: 'ServiceAccount', name: kind, namespace: HOME }
}

async function tokenOf(admin: Connection, namespace: string, name: string): Promise<string> {
  const path = `/api/v1/namespaces/${namespace}/serviceaccounts`
  await admin.send('POST', path, { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name } })
  const answer = await admin.send('POST', `${path}/${name}/token`, {
    apiVersion: 'authentication.k8s.io/v1',
    kind: 'TokenRequest',
    spec: { expirationSeconds: 86_400 },
  })
  return (answer as { status: { token: string } }).status.token
}

/** How somebody comes with their token. */
function dressed(kind: WatcherKind, token: string, adminToken: string): Watcher {
  // A token that no API server takes any more is refused like one that it never made.
  if (kind === 'expired') return { kind, token: `${token.slice(0, -20)}${'A'.repeat(20)}`, headers: {} }
  if (kind !== 'impersonating') return { kind, token, headers: {} }
  return { kind, token: adminToken, headers: { 'impersonate-user': 'mia', 'impersonate-group': 'watchers' } }
}

/** Makes somebody of each kind, and the account of a dashboard that may list and watch the fleet, and nothing else. */
export async function makeWatchers(
  admin: Connection,
  adminToken: string,
  namespaces: readonly MarkedNamespace[],
): Promise<{ watchers: Watcher[]; dashboard: string }> {
  for (const name of [HOME, OTHER_HOME]) {
    await admin.send('POST', '/api/v1/namespaces', {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name },
    })
  }
  const watchers: Watcher[] = []
  for (const kind of WATCHER_KINDS) {
    const token = await tokenOf(admin, kind === 'group-only' ? OTHER_HOME : HOME, kind)
    for (const given of grantsOf(kind, namespaces))
      await grant(admin, `watcher-${kind}`, subjectOf(kind), given)
    watchers.push(dressed(kind, token, adminToken))
  }
  await admin.send('DELETE', `/api/v1/namespaces/${HOME}/serviceaccounts/deleted`)
  const dashboard = await tokenOf(admin, HOME, 'dashboard')
  await grant(
    admin,
    'dashboard',
    { kind: 'ServiceAccount', name: 'dashboard', namespace: HOME },
    {
      namespace: null,
      rules: rules(['list', 'watch'], 'pods', 'cocoonsets', 'cocoonhibernations', 'nodes'),
    },
  )
  return { dashboard, watchers }
}
