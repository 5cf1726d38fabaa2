import { describe, expect, it } from 'vitest'
import type { AdmissionRequest } from './admission.ts'
import { webhooksOf } from './dynamic-admission-config.ts'
import { concerns } from './dynamic-admission-match.ts'
import type { KubeJson } from './json.ts'
import { BUILTIN_RESOURCES } from './builtin-resources.ts'

const resource = (id: string) => {
  const found = BUILTIN_RESOURCES.find((one) => one.id === id)
  if (!found) throw new Error(`no ${id}`)
  return found
}

const object: KubeJson = { metadata: { name: 'x', namespace: 'team', labels: { app: 'web' } } }

function requestOf(own: Partial<AdmissionRequest> & { id?: string } = {}): AdmissionRequest {
  const { id = 'pods', ...more } = own
  return {
    operation: 'CREATE',
    resource: resource(id),
    subresource: '',
    namespace: 'team',
    name: 'x',
    user: { username: 'u', groups: [] },
    dryRun: false,
    options: {},
    warn: () => undefined,
    object,
    old: undefined,
    ...more,
  } as AdmissionRequest
}

const namespaceOf = (name: string): KubeJson => ({
  metadata: { name, labels: { 'kubernetes.io/metadata.name': name } },
})

function asked(webhook: Record<string, unknown>, request: AdmissionRequest): boolean {
  const rules = [{ apiGroups: [''], apiVersions: ['v1'], resources: ['pods'], operations: ['CREATE'] }]
  const [parsed] = webhooksOf([{ metadata: { name: 'c' }, webhooks: [{ name: 'w', rules, ...webhook }] }])
  if (!parsed) throw new Error('no webhook')
  return concerns(parsed, request, namespaceOf)
}
const rule = (own: Record<string, unknown>) => ({
  rules: [{ apiGroups: ['*'], apiVersions: ['*'], resources: ['*'], operations: ['*'], ...own }],
})
const outside = (...values: string[]) => ({
  namespaceSelector: {
    matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'NotIn', values }],
  },
})

describe('a webhook is asked', () => {
  it.each([
    [{}, {}, true],
    [{}, { operation: 'UPDATE' }, false],
    [{}, { subresource: 'status' }, false],
    [{}, { id: 'configmaps' }, false],
    [rule({ operations: ['UPDATE', 'DELETE'] }), {}, false],
    [rule({ apiGroups: ['apps'] }), {}, false],
    [rule({ apiGroups: ['apps'] }), { id: 'deployments.apps' }, true],
    [rule({ apiVersions: ['v2'] }), {}, false],
    [rule({ resources: ['*'] }), { subresource: 'status' }, false],
    [rule({ resources: ['*/*'] }), { subresource: 'status' }, true],
    [rule({ resources: ['*/*'] }), {}, true],
    [rule({ resources: ['pods/*'] }), {}, true],
    [rule({ resources: ['pods/*'] }), { subresource: 'status' }, true],
    [rule({ resources: ['pods/status'] }), {}, false],
    [rule({ resources: ['*/status'] }), { subresource: 'status' }, true],
    [rule({ scope: 'Namespaced' }), {}, true],
    [rule({ scope: 'Cluster' }), {}, false],
    [rule({ scope: 'Cluster' }), { id: 'nodes', namespace: '' }, true],
    [rule({ scope: 'Cluster' }), { id: 'namespaces', namespace: 'x' }, true],
    [outside('kube-system'), {}, true],
    [outside('team', 'other'), {}, false],
    [{ ...rule({}), ...outside('team') }, { id: 'nodes', namespace: '' }, true],
    [{ objectSelector: { matchLabels: { app: 'web' } } }, {}, true],
    [{ objectSelector: { matchLabels: { app: 'db' } } }, {}, false],
    [{ objectSelector: { matchExpressions: [{ key: 'app', operator: 'DoesNotExist' }] } }, {}, false],
    [
      { ...rule({}), objectSelector: { matchLabels: { app: 'web' } } },
      { operation: 'DELETE', object: undefined, old: object },
      true,
    ],
  ])('%j about %j: %s', (webhook, request, expected) => {
    expect(asked(webhook, requestOf(request as Partial<AdmissionRequest>))).toBe(expected)
  })

  it('about a namespace by the labels that it is to have', () => {
    const webhook = { ...rule({}), namespaceSelector: { matchLabels: { tier: 'gold' } } }
    const gold: KubeJson = { metadata: { name: 'x', labels: { tier: 'gold' } } }
    const about = (own: Partial<AdmissionRequest>) =>
      asked(webhook, requestOf({ id: 'namespaces', namespace: 'x', ...own }))
    expect(about({ object: gold })).toBe(true)
    expect(about({ object: { metadata: { name: 'x' } } })).toBe(false)
  })
})
