import type { CocoonSetPhase } from '../../lib/cocoon/enums.ts'
import {
  ANNOTATION_REBUILD_HISTORY,
  FINALIZER_COCOON_HIBERNATION,
  FINALIZER_COCOON_SET,
} from '../../lib/cocoon/component-keys.ts'
import type { CocoonHibernation, CocoonSet, ToolboxSpec } from '../../lib/cocoon/crd.ts'
import { withCocoonSetDefaults } from '../../lib/cocoon/defaults.ts'
import {
  API_VERSION,
  HIBERNATE_SNAPSHOT_TAG,
  KIND_COCOON_HIBERNATION,
  KIND_COCOON_SET,
} from '../../lib/cocoon/keys.ts'
import type { KubeObject, Pod } from '../../lib/cocoon/kube-json.ts'
import { parseVMSpec } from '../../lib/cocoon/vm-spec.ts'
import { kubeTime } from '../kube-time.ts'
import { hibernationStatus } from '../operator/plan-hibernation.ts'
import { agentPod, toolboxPod } from '../../lib/fleet/drift/pod-shape.ts'
import { REBUILD_DELAYS } from '../operator/rebuild-history.ts'
import { seatsOf } from '../operator/set-state.ts'
import { derivePhase, statusOf } from '../operator/set-status.ts'
import type { Random } from '../random.ts'
import type { Registry } from '../registry.ts'
import type { PlannedSet } from './fleet-plan.ts'
import { settlePod, type SeedPod } from './seed-pod.ts'

const DAY = 86_400_000
const MINUTE = 60_000

/** What seeding one set needs besides its plan. */
export interface SetSeed {
  plan: PlannedSet
  /** Epoch milliseconds of the present: everything is older. */
  now: number
  random: Random
  registry: Registry
  lease: (screen: boolean) => string
  /** How all addresses of desktops begin. */
  desktops: string
}

/** Static toolboxes of the templates name the end of their address only. */
const onNetwork = (toolboxes: ToolboxSpec[], prefix: string): ToolboxSpec[] =>
  toolboxes.map(({ staticIP, ...rest }) => (staticIP ? { ...rest, staticIP: prefix + staticIP } : rest))

function bareSet({ plan, now, random, desktops }: SetSeed): CocoonSet {
  const createdAt = kubeTime(now - plan.ageDays * DAY)
  return withCocoonSetDefaults({
    apiVersion: API_VERSION,
    kind: KIND_COCOON_SET,
    metadata: {
      name: plan.name,
      namespace: plan.namespace,
      uid: random.uuid(),
      generation: random.int(1, 6),
      creationTimestamp: createdAt,
      finalizers: [FINALIZER_COCOON_SET],
      labels: { team: plan.namespace },
    },
    spec: {
      ...(plan.suspend ? { suspend: true } : {}),
      ...(plan.snapshotPolicy ? { snapshotPolicy: plan.snapshotPolicy } : {}),
      ...(plan.pool ? { nodePool: plan.pool } : {}),
      agent: { ...plan.agent, replicas: plan.replicas },
      ...(plan.toolboxes.length > 0 ? { toolboxes: onNetwork(plan.toolboxes, desktops) } : {}),
    },
  })
}

function seedPods(seed: SetSeed, set: CocoonSet): Pod[] {
  const { plan, now, random } = seed
  const age = plan.ageDays * DAY
  const settle = (pod: Pod, state: SeedPod['state'], born: number) => {
    const createdAt = now - age * born + random.int(1, 20) * 1000
    // Half a day at most after creation, and some minutes ago at least.
    const since = Math.min(now - random.int(2, 55) * MINUTE, createdAt + random.int(5, 30 * 1440) * 1000)
    return settlePod({ pod, node: plan.node, lease: seed.lease, state, createdAt, since, random })
  }
  const stateOf = (slot: number): SeedPod['state'] => {
    if (plan.suspend) return 'hibernated'
    return plan.oddities.find((oddity) => oddity.slot === slot)?.is ?? 'ready'
  }
  const pods = [settle(agentPod(set, 0), stateOf(0), 1)]
  // Forks come over the life of the set, the later slots later.
  for (let slot = 1; slot <= plan.replicas; slot++) {
    const born = 0.9 * (1 - (slot - 1) / (plan.replicas + 1))
    pods.push(settle(agentPod(set, slot, plan.node.name), stateOf(slot), born))
  }
  for (const toolbox of set.spec?.toolboxes ?? []) pods.push(settle(toolboxPod(set, toolbox), 'ready', 0.95))
  return pods
}

function seedHibernations(seed: SetSeed, pods: Pod[]): CocoonHibernation[] {
  const { plan, now, random } = seed
  return plan.oddities
    .filter((oddity) => oddity.is === 'hibernated' || oddity.is === 'active')
    .flatMap((oddity) => {
      const pod = pods[oddity.slot]
      if (!pod || oddity.slot > plan.replicas) return []
      const at = now - Math.min(plan.ageDays * DAY * 0.5, random.int(20, 600) * MINUTE)
      const asleep = oddity.is === 'hibernated'
      const hibernation: CocoonHibernation = {
        apiVersion: API_VERSION,
        kind: KIND_COCOON_HIBERNATION,
        metadata: {
          name: pod.metadata?.name ?? '',
          namespace: plan.namespace,
          uid: random.uuid(),
          generation: asleep ? 1 : 2,
          creationTimestamp: kubeTime(at),
          finalizers: [FINALIZER_COCOON_HIBERNATION],
        },
        spec: { podRef: { name: pod.metadata?.name ?? '' }, desire: asleep ? 'Hibernate' : 'Wake' },
      }
      const phase = asleep ? 'Hibernated' : 'Active'
      const { vmName } = parseVMSpec(pod)
      return [{ ...hibernation, status: hibernationStatus(hibernation, phase, phase, vmName, at + 20_000) }]
    })
}

function phaseOfSeed(plan: PlannedSet, set: CocoonSet, pods: Pod[]): CocoonSetPhase {
  if (plan.suspend) return 'Suspended'
  if (plan.oddities.some((oddity) => oddity.is === 'failed')) return 'Failed'
  return derivePhase(set, seatsOf(pods))
}

/** A set with its pods and hibernations, as the controllers would have left them; its snapshots are in the registry. */
export function seedSet(seed: SetSeed): KubeObject[] {
  const { plan, registry } = seed
  const set = bareSet(seed)
  const pods = seedPods(seed, set)
  const asleep = pods.filter(
    (_, slot) => plan.suspend || plan.oddities.some((o) => o.slot === slot && o.is === 'hibernated'),
  )
  for (const pod of asleep) {
    const { vmName, image } = parseVMSpec(pod)
    registry.push(vmName, HIBERNATE_SNAPSHOT_TAG, { baseImage: image, pushedFrom: plan.node.name })
  }
  const last = Math.max(...pods.map((pod) => Date.parse(pod.metadata?.creationTimestamp ?? ''))) + 20_000
  const dead = plan.oddities.filter(({ is, slot }) => is === 'dead-letter' && slot <= plan.replicas)
  if (dead.length > 0 && set.metadata) {
    const rebuilt = { count: REBUILD_DELAYS.length, lastDeleted: kubeTime(last - MINUTE) }
    const history = Object.fromEntries(dead.map(({ slot }) => [String(slot), rebuilt]))
    set.metadata.annotations = { [ANNOTATION_REBUILD_HISTORY]: JSON.stringify(history) }
  }
  set.status = statusOf(set, pods, phaseOfSeed(plan, set, pods), last)
  return [set, ...pods, ...seedHibernations(seed, pods)]
}
