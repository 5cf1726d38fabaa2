import { expect, it } from 'vitest'
import type { KubeObject } from '../../lib/cocoon/kube-json.ts'
import type { KubeClient } from '../client/kube-client.ts'
import { keyOf, refOf, type ObjectRef } from '../client/resources.ts'
import { manualClock } from '../clock.ts'
import type { Controllers } from '../controllers.ts'
import { seedFleet } from '../fleet/seed-fleet.ts'
import { seededRandom } from '../random.ts'
import { snapshotRegistry } from '../registry.ts'
import { weatherTricks } from './tricks.ts'
import { undoLater } from './undo-later.ts'

const clock = manualClock()

/** The seeded fleet as the controllers' caches show it, and a client that only notes what it is asked for. */
function seeded() {
  const { objects } = seedFleet(
    { sets: 12, vms: 60, nodes: 3 },
    clock.now(),
    seededRandom(7),
    snapshotRegistry(),
  )
  const of = (kind: string) => {
    const found = new Map(
      objects.filter((each: KubeObject) => each.kind === kind).map((each) => [keyOf(refOf(each)), each]),
    )
    return { get: (ref: ObjectRef) => found.get(keyOf(ref)), all: () => found.values() }
  }
  const caches = {
    pods: of('Pod'),
    cocoonsets: of('CocoonSet'),
    cocoonhibernations: of('CocoonHibernation'),
  } as unknown as Controllers['caches']
  const patched: string[] = []
  const created: string[] = []
  const client = {
    create: async (_resource: string, { metadata }: KubeObject) =>
      void created.push(`${metadata?.namespace}/${metadata?.name}`),
    patch: async (_resource: string, ref: ObjectRef) => void patched.push(keyOf(ref)),
  } as unknown as KubeClient
  return { caches, client, patched, created }
}

it('never suspends a set one of whose VMs somebody has asked for', async () => {
  const { caches, client, patched } = seeded()
  for (let seed = 0; seed < 50; seed += 1) {
    const held = undoLater(clock, () => undefined)
    const tricks = weatherTricks({ client, caches, kubelets: [], random: seededRandom(seed), held })
    await tricks.suspend()
    held.stop()
  }
  expect(patched.length).toBe(50)
  expect(new Set(patched)).toEqual(new Set(['platform/ci-runner', 'qa/android-smoke']))
})

it('puts no VM to sleep twice, however late the cluster answers', async () => {
  const { caches, client, created } = seeded()
  const held = undoLater(clock, () => undefined)
  const tricks = weatherTricks({ client, caches, kubelets: [], random: seededRandom(1), held })
  const played = await Promise.all(Array.from({ length: 60 }, () => tricks.hibernate()))
  held.stop()
  expect(played).toContain(false)
  expect(created.length).toBeGreaterThan(5)
  expect(new Set(created).size).toBe(created.length)
})
