import type { Body, Fields, Manifest } from './manifest.ts'
import { MERGE, RBAC, configMap, inNamespace, tried } from './manifest.ts'

const MAPS = inNamespace('configmaps')
const SECRETS = inNamespace('secrets')
const ACCOUNTS = inNamespace('serviceaccounts')
const LEASES = inNamespace('leases', '/apis/coordination.k8s.io/v1')

const secret = (fields: Fields, metadata: Fields = {}): Body => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: 's', ...metadata },
  ...fields,
})
const rbac = (kind: string, fields: Fields): Body => ({
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind,
  metadata: { name: 'r' },
  ...fields,
})
const lease = (spec: Fields): Body => ({
  apiVersion: 'coordination.k8s.io/v1',
  kind: 'Lease',
  metadata: { name: 'l' },
  spec,
})
const update = (name: string, path: string, before: Body, body: unknown): Manifest => ({
  name,
  before: [[path, before]],
  method: 'PATCH',
  path: `${path}/${before.metadata.name}?dryRun=All`,
  body,
  contentType: MERGE,
})
const base64 = (text: string) => Buffer.from(text).toString('base64')
const ANNOTATION = 'kubernetes.io/service-account.name'

export const CONFIGURATION: readonly Manifest[] = [
  tried('config map: least', MAPS, configMap({})),
  tried(
    'config map: keys',
    MAPS,
    configMap({}, { data: { 'a b': '1', ok: '2', '..': '3' }, binaryData: { ok: 'YQ==', '': 'YQ==' } }),
  ),
  tried('config map: too large', MAPS, configMap({}, { data: { a: 'x'.repeat(1024 * 1024 + 1) } })),
  update('config map: immutable data', MAPS, configMap({}, { data: { a: '1' }, immutable: true }), {
    data: { a: '2' },
  }),
  update('config map: mutable again', MAPS, configMap({}, { data: { a: '1' }, immutable: true }), {
    immutable: false,
  }),
  update('config map: changed', MAPS, configMap({}, { data: { a: '1' } }), { data: { a: null, b: '2' } }),
  tried('secret: least', SECRETS, secret({})),
  tried(
    'secret: stringData wins',
    SECRETS,
    secret({ data: { a: base64('1') }, stringData: { a: '2', b: '3' } }),
  ),
  tried('secret: keys', SECRETS, secret({ data: { 'a b': base64('1') } })),
  tried('secret: TLS without data', SECRETS, secret({ type: 'kubernetes.io/tls' })),
  tried(
    'secret: TLS',
    SECRETS,
    secret({ type: 'kubernetes.io/tls', data: { 'tls.crt': '', 'tls.key': '' } }),
  ),
  tried(
    'secret: docker config',
    SECRETS,
    secret({ type: 'kubernetes.io/dockerconfigjson', data: { '.dockerconfigjson': base64('{') } }),
  ),
  tried('secret: old docker config', SECRETS, secret({ type: 'kubernetes.io/dockercfg' })),
  tried('secret: basic auth', SECRETS, secret({ type: 'kubernetes.io/basic-auth' })),
  tried('secret: ssh', SECRETS, secret({ type: 'kubernetes.io/ssh-auth' })),
  tried('secret: of an account', SECRETS, secret({ type: 'kubernetes.io/service-account-token' })),
  tried(
    'secret: of a missing account',
    SECRETS,
    secret({ type: 'kubernetes.io/service-account-token' }, { annotations: { [ANNOTATION]: 'nope' } }),
  ),
  update('secret: type', SECRETS, secret({ type: 'a/b' }), { type: 'c/d' }),
  update('secret: immutable data', SECRETS, secret({ data: { a: 'YQ==' }, immutable: true }), {
    data: { a: 'Yg==' },
  }),
  tried('account: least', ACCOUNTS, { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'x' } }),
  tried('account: fields', ACCOUNTS, {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { name: 'x' },
    automountServiceAccountToken: false,
    secrets: [{ name: 'a' }],
    imagePullSecrets: [{ name: 'b' }],
  }),
  tried(
    'lease: numbers',
    LEASES,
    lease({ leaseDurationSeconds: 0, leaseTransitions: -1, holderIdentity: '' }),
  ),
  tried(
    'lease: times',
    LEASES,
    lease({ renewTime: '2026-01-01T02:00:00.123456+02:00', holderIdentity: 'me', leaseDurationSeconds: 40 }),
  ),
  tried('lease: strategy', LEASES, lease({ strategy: 'Mine', preferredHolder: 'me' })),
  tried(
    'role: rules',
    inNamespace('roles', RBAC),
    rbac('Role', {
      rules: [
        { verbs: [], resources: ['pods'], apiGroups: [''] },
        { verbs: ['get'] },
        { verbs: ['get'], nonResourceURLs: ['/x'] },
      ],
    }),
  ),
  tried('role: least', inNamespace('roles', RBAC), rbac('Role', {})),
  tried(
    'cluster role: rules',
    `${RBAC}/clusterroles`,
    rbac('ClusterRole', {
      rules: [
        { verbs: ['get'], nonResourceURLs: ['/x'], resources: ['a'] },
        { verbs: ['get'], nonResourceURLs: ['bad'] },
        { verbs: ['get'], resources: ['a'] },
      ],
    }),
  ),
  tried(
    'cluster role: aggregation',
    `${RBAC}/clusterroles`,
    rbac('ClusterRole', {
      aggregationRule: { clusterRoleSelectors: [{ matchLabels: { 'a b': 'c' } }] },
    }),
  ),
  tried(
    'role binding: wrong',
    inNamespace('rolebindings', RBAC),
    rbac('RoleBinding', {
      roleRef: { kind: 'Bogus', name: '' },
      subjects: [
        { kind: 'User' },
        { kind: 'ServiceAccount', name: 'x' },
        { kind: 'Bogus', name: 'x' },
        { kind: 'Group', name: 'x', apiGroup: 'y' },
      ],
    }),
  ),
  tried(
    'role binding: defaults',
    inNamespace('rolebindings', RBAC),
    rbac('RoleBinding', {
      roleRef: { kind: 'ClusterRole', name: 'view' },
      subjects: [
        { kind: 'ServiceAccount', name: 'x', namespace: 'y' },
        { kind: 'User', name: 'z' },
      ],
    }),
  ),
  tried(
    'cluster role binding: account without namespace',
    `${RBAC}/clusterrolebindings`,
    rbac('ClusterRoleBinding', {
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'view' },
      subjects: [{ kind: 'ServiceAccount', name: 'x' }],
    }),
  ),
  update(
    'role binding: another role',
    inNamespace('rolebindings', RBAC),
    rbac('RoleBinding', {
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'view' },
    }),
    { roleRef: { name: 'edit' } },
  ),
]
