import { FINALIZER_COCOON_SET } from '../../lib/cocoon/component-keys.ts'
import type { CocoonSet, CocoonSetSpec, CocoonSetStatus } from '../../lib/cocoon/crd.ts'
import { withCocoonSetDefaults } from '../../lib/cocoon/defaults.ts'
import { applyHibernateState } from '../../lib/cocoon/hibernate-state.ts'
import { API_VERSION, HIBERNATE_SNAPSHOT_TAG, KIND_COCOON_SET } from '../../lib/cocoon/keys.ts'
import type { Pod } from '../../lib/cocoon/kube-json.ts'
import { applyLifecycleStatus } from '../../lib/cocoon/lifecycle.ts'
import { applyVMRuntime } from '../../lib/cocoon/vm-runtime.ts'
import { noMachine } from '../kubelet/machine.ts'
import { runningStatus } from '../kubelet/pod-status.ts'
import { agentPod } from '../../lib/fleet/drift/pod-shape.ts'
import type { SetState } from '../operator/set-state.ts'
import { parseVMSpec } from '../../lib/cocoon/vm-spec.ts'

export const NOW = Date.UTC(2026, 0, 1)
export const NODE = 'node-a'

/** A CocoonSet `team/web` of generation 3, finalizer in place, defaults applied. */
export function webSet(spec: CocoonSetSpec = {}, status?: CocoonSetStatus): CocoonSet {
  const agent = { image: 'ubuntu:24.04', ...spec.agent }
  const set = withCocoonSetDefaults({
    apiVersion: API_VERSION,
    kind: KIND_COCOON_SET,
    metadata: {
      name: 'web',
      namespace: 'team',
      uid: 'set-1',
      generation: 3,
      finalizers: [FINALIZER_COCOON_SET],
    },
    spec: { ...spec, agent },
  })
  return status ? { ...set, status } : set
}

/** A pod that runs and is ready, on `NODE`. */
export function readyPod(pod: Pod): Pod {
  applyVMRuntime({ vmID: `id-${pod.metadata?.name ?? ''}`, ip: '10.0.0.9', vncPort: 0 }, pod)
  applyLifecycleStatus({ state: 'ready', observedGeneration: 3, message: '' }, pod)
  const machine = { ...noMachine(), vmID: 'x', ip: '10.0.0.9', reachable: true }
  return {
    ...pod,
    metadata: { ...pod.metadata, uid: `uid-${pod.metadata?.name ?? ''}` },
    spec: { ...pod.spec, nodeName: NODE },
    status: runningStatus(pod, machine, NOW, true),
  }
}

/** A pod whose VM sleeps: flag, state, and no runtime. */
export function sleepingPod(pod: Pod): Pod {
  applyHibernateState(true, pod)
  applyLifecycleStatus({ state: 'hibernated', observedGeneration: 3, message: '' }, pod)
  return {
    ...pod,
    metadata: { ...pod.metadata, uid: `uid-${pod.metadata?.name ?? ''}` },
    spec: { ...pod.spec, nodeName: NODE },
    status: { phase: 'Pending' },
  }
}

/** A pod whose VM could not be made. */
export function failedPod(pod: Pod, message = 'no kernel'): Pod {
  applyLifecycleStatus({ state: 'failed', observedGeneration: 3, message }, pod)
  const status = { phase: 'Pending', reason: 'ProviderFailed', message }
  return { ...pod, spec: { ...pod.spec, nodeName: NODE }, status }
}

/** The pods of a set, all ready. */
export const readyPods = (set: CocoonSet): Pod[] =>
  Array.from({ length: 1 + (set.spec?.agent?.replicas ?? 0) }, (_, slot) =>
    readyPod(agentPod(set, slot, NODE)),
  )

/** A state around a set; the registry has the hibernate tags of `tagged` pods. */
export function stateOf(
  set: CocoonSet,
  pods: Pod[],
  more: Partial<SetState> = {},
  tagged: Pod[] = [],
): SetState {
  const names = new Set(tagged.map((pod) => parseVMSpec(pod).vmName))
  return {
    set,
    pods,
    hibernations: new Map(),
    hasTag: (vmName, tag) => tag === HIBERNATE_SNAPSHOT_TAG && names.has(vmName),
    now: NOW,
    since: () => 0,
    ...more,
  }
}
