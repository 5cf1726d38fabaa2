import { describe, expect, it } from 'vitest'
import { schemaErrors } from '../../lib/cocoon/schema-errors.ts'
import { COCOON_SET_SCHEMA } from '../../lib/cocoon/schema-set.ts'
import { validateCocoonSetSpec } from '../../lib/cocoon/admission-set.ts'
import type { CocoonSet } from '../../lib/cocoon/crd.ts'
import { KIND_COCOON_SET } from '../../lib/cocoon/keys.ts'
import type { KubeObject, Pod } from '../../lib/cocoon/kube-json.ts'
import { parseVMRuntime } from '../../lib/cocoon/vm-runtime.ts'
import { keyOf, refOf } from '../client/resources.ts'
import { isVMPod } from '../place-pod.ts'
import { seededRandom } from '../random.ts'
import { snapshotRegistry } from '../registry.ts'
import type { FleetSize } from './fleet-plan.ts'
import { seedFleet } from './seed-fleet.ts'

const NOW = Date.UTC(2026, 5, 1)
const seed = (size: FleetSize, number = 7) =>
  seedFleet(size, NOW, seededRandom(number), snapshotRegistry()).objects
const podsIn = (objects: KubeObject[]) => objects.filter((object): object is Pod => object.kind === 'Pod')
const setsIn = (objects: KubeObject[]) =>
  objects.filter((object): object is CocoonSet => object.kind === KIND_COCOON_SET)

describe('the seeded fleet', () => {
  const sizes: FleetSize[] = [
    { sets: 12, vms: 60, nodes: 3 },
    { sets: 1, vms: 1, nodes: 1 },
    { sets: 12, vms: 12, nodes: 2 },
    { sets: 5, vms: 300, nodes: 4 },
    { sets: 400, vms: 2000, nodes: 50 },
    { sets: 0, vms: 0, nodes: 2 },
  ]
  it.each(sizes)('has exactly the size that was asked for: %j', (size) => {
    const objects = seed(size)
    expect(podsIn(objects).filter(isVMPod)).toHaveLength(size.vms)
    expect(setsIn(objects)).toHaveLength(size.sets)
    // One more than asked for holds the pods of everything that is no VM.
    expect(objects.filter((object) => object.kind === 'Node')).toHaveLength(size.nodes + 1)
    expect(new Set(objects.map((each) => `${each.kind ?? ''} ${keyOf(refOf(each))}`)).size).toBe(
      objects.length,
    )
    expect(new Set(objects.map((each) => each.metadata?.uid)).size).toBe(objects.length)
  })

  const fleet = seed({ sets: 120, vms: 700, nodes: 9 })
  it('is the same under the same seed, and another under another', () => {
    const size = { sets: 12, vms: 60, nodes: 3 }
    expect(seed(size)).toEqual(seed(size))
    expect(seed(size, 8)).not.toEqual(seed(size))
  })
  it('is admissible', () => {
    for (const set of setsIn(fleet)) {
      expect(validateCocoonSetSpec(set.spec)).toEqual([])
      expect(schemaErrors(COCOON_SET_SCHEMA, set)).toEqual([])
    }
  })
  it('gives no address twice', () => {
    const ips = podsIn(fleet)
      .map((pod) => parseVMRuntime(pod).ip)
      .filter((ip) => ip !== '')
    expect(new Set(ips).size).toBe(ips.length)
  })
  it('is older than now', () => {
    for (const object of fleet) expect(Date.parse(object.metadata?.creationTimestamp ?? '')).toBeLessThan(NOW)
  })
  it('has a namespace for everything', () => {
    const known = new Set(
      fleet.filter((each) => each.kind === 'Namespace').map((each) => each.metadata?.name),
    )
    for (const pod of podsIn(fleet)) expect(known).toContain(pod.metadata?.namespace)
  })
  it('has every kind of trouble, and of guest', () => {
    const phases = new Set(setsIn(seed({ sets: 12, vms: 60, nodes: 3 })).map((set) => set.status?.phase))
    expect(phases).toEqual(new Set(['Running', 'Scaling', 'Pending', 'Failed', 'Suspended']))
    const systems = new Set(
      podsIn(fleet).map((pod) => pod.metadata?.annotations?.['cocoonset.cocoonstack.io/os'] ?? 'none'),
    )
    expect(systems).toEqual(new Set(['linux', 'windows', 'android', 'macos', 'none']))
  })
})
