import { expect, it } from 'vitest'
import { TOLERATION_KEY } from '../../lib/cocoon/keys.ts'
import type { Node } from '../../lib/cocoon/kube-json.ts'
import { nodeObject, type NodePlan } from '../fleet/node-objects.ts'
import { nodeChanges } from './node-changes.ts'

const NOW = Date.UTC(2026, 0, 1)
const plan: NodePlan = {
  name: 'a',
  index: 0,
  pool: 'default',
  generation: 'new',
  room: 16,
  createdAt: NOW - 86_400_000,
  uid: 'u',
}
const wanted = nodeObject(plan, NOW, { port: 10_250 })
const changed = (change: (node: Node) => void): Node => {
  const node = structuredClone(wanted)
  change(node)
  return node
}
const brief = (found: Node, now = NOW) => {
  const { node, status, becameReady } = nodeChanges(found, wanted, now)
  return { node, status: Object.keys(status ?? {}).sort(), becameReady }
}
const NOTHING = { node: undefined, status: [], becameReady: false }

const cases: [string, Node, object][] = [
  ['nothing when all is said', wanted, {}],
  [
    'nothing when a server wrote quantities its own way',
    changed(
      (node) =>
        void (node.status = { ...node.status, capacity: { ...node.status?.capacity, memory: '160Gi' } }),
    ),
    {},
  ],
  [
    'a label that is missing',
    changed((node) => void (node.metadata = { ...node.metadata, labels: { mine: 'stays' } })),
    { node: { metadata: { labels: wanted.metadata?.labels } } },
  ],
  [
    'its taint, next to others',
    changed((node) => void (node.spec = { taints: [{ key: 'x', effect: 'NoSchedule' }] })),
    { node: { spec: { taints: [{ key: 'x', effect: 'NoSchedule' }, ...(wanted.spec?.taints ?? [])] } } },
  ],
  [
    'no second taint of its key',
    changed((node) => void (node.spec = { taints: [{ key: TOLERATION_KEY, effect: 'NoExecute' }] })),
    {},
  ],
  [
    'a new endpoint',
    changed(
      (node) => void (node.status = { ...node.status, daemonEndpoints: { kubeletEndpoint: { Port: 1 } } }),
    ),
    { status: ['conditions', 'daemonEndpoints'] },
  ],
  [
    'that it is Ready again',
    changed((node) => {
      const ready = node.status?.conditions?.[0]
      if (ready) ready.status = 'Unknown'
    }),
    { status: ['conditions'], becameReady: true },
  ],
]
it.each(cases)('writes %s', (_, found, changes) => expect(brief(found)).toEqual({ ...NOTHING, ...changes }))

it('beats once a minute, and keeps the times of transitions', () => {
  expect(brief(wanted, NOW + 59_000)).toEqual(NOTHING)
  const [ready] = nodeChanges(wanted, wanted, NOW + 60_000).status?.conditions ?? []
  expect(ready).toMatchObject({
    type: 'Ready',
    lastHeartbeatTime: '2026-01-01T00:01:00Z',
    lastTransitionTime: '2025-12-31T00:00:00Z',
  })
})
