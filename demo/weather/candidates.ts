import type { CocoonSet } from '../../lib/cocoon/crd.ts'
import type { Pod } from '../../lib/cocoon/kube-json.ts'
import { isPodReady } from '../../lib/cocoon/pod-state.ts'
import { parseVMSpec } from '../../lib/cocoon/vm-spec.ts'
import { keyOf, refOf } from '../client/resources.ts'
import type { Controllers } from '../controllers.ts'
import type { Random } from '../random.ts'
import type { UndoLater } from './undo-later.ts'

/** Draws from what is at rest in the fleet: nothing that is on its way, and nothing that the weather holds already. */
export interface Candidates {
  /** A managed VM that is ready. */
  pod(fits: (pod: Pod, set: CocoonSet | undefined) => boolean): Pod | undefined
  /** A set that is up, none of whose VMs the weather holds. */
  set(fits: (set: CocoonSet) => boolean): CocoonSet | undefined
  /** The set is neither suspended nor leaving, and its main agent is ready. */
  isCalm(set: CocoonSet | undefined): set is CocoonSet
}

const DRAWS = 20

/** Candidates by the controllers' caches. */
export function candidates(caches: Controllers['caches'], random: Random, held: UndoLater): Candidates {
  /** Draws a few times before it looks at everybody: in a large fleet most are fit for most things. */
  const choose = <T>(from: readonly T[], fits: (each: T) => boolean): T | undefined => {
    for (let draw = 0; draw < DRAWS; draw++) {
      const drawn = from[random.int(0, from.length - 1)]
      if (drawn !== undefined && fits(drawn)) return drawn
    }
    const fit = from.filter(fits)
    return fit[random.int(0, fit.length - 1)]
  }
  const setOf = (pod: Pod): CocoonSet | undefined => {
    const owner = pod.metadata?.ownerReferences?.find((reference) => reference.controller)
    return owner && caches.cocoonsets.get({ namespace: refOf(pod).namespace, name: owner.name ?? '' })
  }
  const isCalm = (set: CocoonSet | undefined): set is CocoonSet =>
    set !== undefined &&
    set.spec?.suspend !== true &&
    (set.status?.phase === 'Running' || set.status?.phase === 'Scaling') &&
    !set.metadata?.deletionTimestamp &&
    !held.isBusy(keyOf(refOf(set)))
  const isReady = (pod: Pod) =>
    isPodReady(pod) &&
    parseVMSpec(pod).managed &&
    !pod.metadata?.deletionTimestamp &&
    !held.isBusy(keyOf(refOf(pod)))
  return {
    isCalm,
    pod: (fits) => choose([...caches.pods.all()], (pod) => isReady(pod) && fits(pod, setOf(pod))),
    set: (fits) =>
      choose(
        [...caches.cocoonsets.all()],
        (set) => isCalm(set) && !held.isBusyBelow(`${keyOf(refOf(set))}-`) && fits(set),
      ),
  }
}
