import { afterAll, beforeAll, expect, it } from 'vitest'
import { API_VERSION, KIND_COCOON_SET } from '../lib/cocoon/keys.ts'
import type { KubeObject, Node } from '../lib/cocoon/kube-json.ts'
import { decodeStruct } from './api/openapi/decode.ts'
import { schemaNameOf } from './api/openapi/structure.ts'
import { keyOf, refOf, type Resource } from './client/resources.ts'
import { wallClock } from './clock.ts'
import { seedFleet } from './fleet/seed-fleet.ts'
import { seededRandom } from './random.ts'
import { snapshotRegistry } from './registry.ts'
import { demoUser, type DemoUser } from './testing/demo-user.ts'

const NOW = Date.UTC(2026, 5, 1, 9, 30)
const SPEED = 200
const SIZE = { sets: 30, vms: 160, nodes: 4, seed: 11 }
const KINDS: Record<string, Resource> = {
  Pod: 'pods',
  Node: 'nodes',
  CocoonSet: 'cocoonsets',
  CocoonHibernation: 'cocoonhibernations',
  Event: 'events',
}

let user: DemoUser
beforeAll(async () => {
  user = await demoUser({ ...SIZE, speed: SPEED, clock: { ...wallClock(SPEED), now: () => NOW } })
})
afterAll(async () => {
  await user.close()
})

/** What a seeded object says, without what the server adds. */
function content(object: KubeObject): KubeObject {
  const { resourceVersion: _, ...metadata } = object.metadata ?? {}
  return object.kind === 'Node' ? { ...withoutEndpoint(object), metadata } : { ...object, metadata }
}

/** Nodes learn where their kubelet listens only once it does. */
function withoutEndpoint(node: Node): Node {
  const { daemonEndpoints: _, ...status } = node.status ?? {}
  const addresses = status.addresses?.filter(({ type }) => type !== 'ExternalDNS')
  return { ...node, status: { ...status, ...(addresses && { addresses }) } }
}

/** A seeded object as a server reads it: with the zero values that Go writes. */
function asStored(object: KubeObject): KubeObject {
  const schema = schemaNameOf('', 'v1', object.kind ?? '')
  const decoded = schema ? decodeStruct(schema, { ...object }) : undefined
  return decoded?.ok ? decoded.value : object
}

it('leaves controllers nothing to write', async () => {
  // A newcomer that reaches Running shows that every queue has been worked through at least once.
  const probe = { namespace: 'default', name: 'newcomer' }
  await user.client.create('cocoonsets', {
    apiVersion: API_VERSION,
    kind: KIND_COCOON_SET,
    metadata: probe,
    spec: { agent: { image: 'ubuntu:24.04' } },
  })
  await user.until('cocoonsets', probe, (set) => set.status?.phase === 'Running')

  const seeded = seedFleet(
    SIZE,
    NOW,
    seededRandom(SIZE.seed).fork('fleet'),
    snapshotRegistry(),
    user.cluster.desktops.prefix,
  ).objects
  expect(seeded.length).toBeGreaterThan(SIZE.vms + SIZE.sets)
  for (const [kind, resource] of Object.entries(KINDS)) {
    const { items } = await user.client.list(resource)
    const now = new Map(items.map((item) => [keyOf(refOf(item)), content(item)]))
    for (const object of seeded.filter((each) => each.kind === kind)) {
      expect.soft(now.get(keyOf(refOf(object)))).toEqual(content(asStored(object)))
    }
  }
})
