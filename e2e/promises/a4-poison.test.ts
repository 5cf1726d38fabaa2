import { expect, it } from 'vitest'
import type { Random } from '../../demo/random.ts'
import * as keys from '../../lib/cocoon/keys.ts'
import type { KubeObject } from '../../lib/cocoon/kube-json.ts'
import type { WatchedResource } from '../../lib/fleet/freshness.ts'
import { hibernation } from '../faulty-api/fleet-objects.ts'
import type { Stored, World } from '../faulty-api/world.ts'
import { fleetDifferences, startFleetBench } from './bench-fleet.ts'
import { counted, figure } from './figure.ts'

const deep = (depth: number): unknown => {
  let value: unknown = 'bottom'
  for (let level = 0; level < depth; level += 1) value = [value]
  return value
}

/** Values that a careless reader trips over; none of them is a valid number, address or flag. */
const VALUES: readonly [unknown, ...unknown[]] = [
  null,
  7,
  -1,
  1e308,
  true,
  [],
  {},
  ['x'],
  { a: { b: 1 } },
  '/',
  ':',
  'NaN',
  '-0x1',
  '99999999999999999999',
  '1e9',
  '５９００',
  'a'.repeat(100_000),
  '\u0000',
  '\ud800',
  '__proto__',
  'constructor',
  '../../etc/passwd',
  '<script>alert(1)</script>',
  '%00%n%s',
  '\u202Egnp.exe',
  deep(200),
]

const ANNOTATIONS = [
  keys.ANNOTATION_VM_ID,
  keys.ANNOTATION_VM_NAME,
  keys.ANNOTATION_IP,
  keys.ANNOTATION_VNC_PORT,
  keys.ANNOTATION_HIBERNATE,
  keys.ANNOTATION_RESTORE_FROM_HIBERNATE,
  keys.ANNOTATION_FORK_FROM,
  keys.ANNOTATION_CONN_TYPE,
  keys.ANNOTATION_BACKEND,
  keys.ANNOTATION_LIFECYCLE_STATE,
  keys.ANNOTATION_LIFECYCLE_OBSERVED_GENERATION,
  keys.ANNOTATION_LIFECYCLE_STATE_MESSAGE,
  keys.ANNOTATION_COCOON_SET_GENERATION,
  'vm.cocoonstack.io/post-clone-hint',
]

const FIELDS: Record<Exclude<WatchedResource, 'nodes'>, readonly [string, ...string[]]> = {
  pods: [
    'status',
    'status.conditions',
    'status.podIP',
    'spec.containers',
    'spec.nodeName',
    'metadata.ownerReferences',
  ],
  cocoonsets: [
    'spec',
    'spec.agent',
    'spec.agent.replicas',
    'spec.toolboxes',
    'status',
    'status.conditions',
    'status.phase',
  ],
  cocoonhibernations: ['spec', 'spec.podRef', 'spec.desire', 'status', 'status.conditions', 'status.phase'],
}

const RESOURCES = Object.keys(FIELDS) as (keyof typeof FIELDS)[]

function withValue(object: object, path: readonly string[], value: unknown): object {
  const [head, ...rest] = path
  if (head === undefined) return object
  const inner = (object as Record<string, unknown>)[head]
  const next =
    rest.length === 0 ? value : withValue(typeof inner === 'object' && inner ? inner : {}, rest, value)
  return { ...object, [head]: next }
}

function poison(world: World, stored: Stored, resource: keyof typeof FIELDS, random: Random): void {
  const value = random.pick(VALUES)
  const annotation = resource === 'pods' && random.next() < 0.7
  const path = annotation
    ? ['metadata', 'annotations', ANNOTATIONS[random.int(0, ANNOTATIONS.length - 1)] ?? '']
    : random.pick(FIELDS[resource]).split('.')
  world.put(resource, withValue(stored.object, path, value))
}

it('A4 shows every object, whatever stands in it, and starts again with it', async () => {
  const started = performance.now()
  const wanted = counted(5_000)
  const bench = await startFleetBench({ pods: 100 })
  const { life, random } = bench
  for (let index = 0; index < 20; index += 1) life.world.put('cocoonhibernations', hibernation(index, 1))
  const sound = RESOURCES.flatMap((resource) =>
    life.world.all(resource).map(({ object }): [WatchedResource, KubeObject] => [resource, object]),
  )
  const tally = { values: 0, rounds: 0, ready: 0, hidden: 0, soundDiffer: 0, marked: 0, quarantined: 0 }

  while (tally.values < wanted) {
    const victims = new Set<string>()
    for (let hit = 0; hit < 50; hit += 1) {
      const resource = random.pick<keyof typeof FIELDS>(['pods', 'pods', 'cocoonsets', 'cocoonhibernations'])
      const all = life.world.all(resource)
      const stored = all[random.int(0, Math.floor(all.length / 2))]
      if (!stored || victims.has(stored.uid)) continue
      victims.add(stored.uid)
      poison(life.world, stored, resource, random)
      tally.values += 1
    }
    await bench.caughtUp()
    if (tally.rounds % 2 === 0) await bench.restart()
    tally.rounds += 1
    tally.ready += bench.service.synced() ? 1 : 0
    const shown = bench.service.whole.document()
    const uids = new Set([...shown.vms, ...shown.sets].map(({ uid }) => uid))
    tally.hidden += [...life.world.all('pods'), ...life.world.all('cocoonsets')].filter(
      ({ uid }) => !uids.has(uid),
    ).length
    tally.marked += [...shown.vms, ...shown.sets].filter(({ problems }) => problems.length > 0).length
    tally.quarantined += Object.values(bench.service.reflectors).reduce(
      (sum, { counters }) => sum + counters.quarantined,
      0,
    )
    for (const [resource, object] of sound) life.world.put(resource, object)
    await bench.caughtUp()
    const healed = bench.service.whole.document().vms.filter(({ problems }) => problems.length > 0)
    tally.soundDiffer += healed.length
  }
  const after = fleetDifferences(bench.service.whole.document(), life.world)
  figure(
    'A4',
    started,
    `${tally.values} malformed values in ${tally.rounds} rounds with ${Math.ceil(tally.rounds / 2)} restarts`,
    `ready ${tally.ready}/${tally.rounds}, ${tally.hidden} objects hidden, ${tally.marked} rows marked, ${tally.quarantined} quarantined, ${tally.soundDiffer} sound rows marked`,
  )
  await bench.close()
  expect(tally).toMatchObject({ ready: tally.rounds, hidden: 0, soundDiffer: 0, quarantined: 0 })
  expect(tally.marked).toBeGreaterThan(0)
  expect(after.phantom + after.duplicate).toBe(0)
})
