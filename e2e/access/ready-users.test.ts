import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Connection } from '../../demo/client/connection.ts'
import type { KubeObject } from '../../lib/cocoon/kube-json.ts'
import type { ReadyUserId } from '../../demo/fleet/ready-users.ts'
import { startAccessCluster, type AccessCluster } from './support/cluster.ts'

let cluster: AccessCluster
const connections = new Map<string, Connection>()
beforeAll(async () => {
  cluster = await startAccessCluster()
  for (const { id, token } of cluster.users) connections.set(id, cluster.as(token))
  connections.set('cluster', cluster.as(cluster.token))
})
afterAll(async () => {
  for (const connection of connections.values()) connection.close()
  await cluster.close()
})

function send(id: string, method: string, path: string, body?: unknown): Promise<unknown> {
  const connection = connections.get(id)
  if (!connection) throw new Error(`nobody is ${id}`)
  return connection.send(method, path, body)
}

const COCOON = 'cocoonset.cocoonstack.io'
const groupOf = (resource: string) => (resource.startsWith('cocoon') ? COCOON : '')

interface Asked {
  verb: string
  resource: string
  subresource?: string
  namespace: string
}

async function may(id: string, { verb, resource, subresource, namespace }: Asked): Promise<boolean> {
  const resourceAttributes = { verb, group: groupOf(resource), resource, subresource, namespace }
  const review = { apiVersion: 'authorization.k8s.io/v1', kind: 'SelfSubjectAccessReview' }
  const path = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews'
  const answer = await send(id, 'POST', path, { ...review, spec: { resourceAttributes } })
  return (answer as { status: { allowed: boolean } }).status.allowed
}

const NAMESPACES = ['research', 'qa', 'finance', 'platform', 'kube-system', ''] as const
const READ: [string, string?][] = [['pods'], ['cocoonsets'], ['cocoonhibernations'], ['events']]
const verbs = (resources: [string, string?][], ...all: string[]): Omit<Asked, 'namespace'>[] =>
  resources.flatMap(([resource, subresource]) =>
    all.map((verb) => Object.assign({ verb, resource }, subresource && { subresource })),
  )
const LOOKS = [...verbs(READ, 'get', 'list', 'watch'), ...verbs([['pods', 'log']], 'get')]
const DEEDS = [
  ...verbs([['cocoonsets'], ['cocoonhibernations']], 'create', 'patch', 'update', 'delete'),
  ...verbs([['pods']], 'delete'),
  ...verbs([['pods', 'exec']], 'create'),
]
const NEVER = [...verbs([['secrets']], 'get', 'list'), ...verbs([['pods']], 'create', 'patch')]
const NODES = verbs([['nodes']], 'get', 'list', 'watch')

/** Where each may look, and where each may act ('' is everywhere). */
const RIGHTS: Record<ReadyUserId, { looks: readonly string[]; acts: readonly string[]; nodes: boolean }> = {
  viewer: { looks: ['research'], acts: [], nodes: false },
  operator: { looks: ['qa', 'finance'], acts: ['qa', 'finance'], nodes: false },
  'fleet-viewer': { looks: NAMESPACES, acts: [], nodes: true },
  admin: { looks: NAMESPACES, acts: NAMESPACES, nodes: true },
}
const IDS = Object.keys(RIGHTS) as ReadyUserId[]

describe.each(IDS)('%s', (id) => {
  const { looks, acts, nodes } = RIGHTS[id]

  it.each(NAMESPACES)('has the promised rights in "%s"', async (namespace) => {
    const expected = [
      ...LOOKS.map((asked) => ({ asked, allowed: looks.includes(namespace) })),
      ...DEEDS.map((asked) => ({ asked, allowed: acts.includes(namespace) })),
      ...NEVER.map((asked) => ({ asked, allowed: id === 'admin' })),
      ...NODES.map((asked) => ({ asked, allowed: nodes })),
    ]
    const answers = await Promise.all(
      expected.map(async ({ asked }) => {
        const where = asked.resource === 'nodes' ? '' : namespace
        return { asked, allowed: await may(id, { ...asked, namespace: where }) }
      }),
    )
    expect(answers).toEqual(expected)
  })

  it.each(['pods', 'cocoonsets', 'cocoonhibernations'])(
    'lists %s where it may, and all of them',
    async (resource) => {
      const base = resource === 'pods' ? '/api/v1' : `/apis/${COCOON}/v1`
      const listed = async (who: string, namespace: string) => {
        const scope = namespace === '' ? '' : `/namespaces/${namespace}`
        const answer = await send(who, 'GET', `${base}${scope}/${resource}`).catch((error: unknown) => error)
        if (answer instanceof Error) return (answer as Error & { status?: number }).status
        const { items } = answer as { items: KubeObject[] }
        return items.map(({ metadata }) => `${metadata?.namespace}/${metadata?.name}`).toSorted()
      }
      for (const namespace of NAMESPACES) {
        const whole = await listed('cluster', namespace)
        expect(await listed(id, namespace)).toEqual(looks.includes(namespace) ? whole : 403)
      }
    },
  )
})

it('hands out names that the API server knows', async () => {
  const path = '/apis/authentication.k8s.io/v1/selfsubjectreviews'
  const review = { apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview' }
  const names = await Promise.all(
    IDS.map(async (id) => {
      const answer = await send(id, 'POST', path, review)
      return (answer as { status: { userInfo: { username: string } } }).status.userInfo.username
    }),
  )
  expect(names).toEqual(['vera', 'omar', 'fay', 'ada'].map((name) => `${name}@cocoon.demo`))
})
