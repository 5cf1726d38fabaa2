import type { CocoonSetPhase } from '../../lib/cocoon/enums.ts'
import type { CocoonHibernation, CocoonSet } from '../../lib/cocoon/crd.ts'
import type { Pod } from '../../lib/cocoon/kube-json.ts'
import { planSet } from '../operator/plan-set.ts'
import { agentPod } from '../../lib/fleet/drift/pod-shape.ts'
import type { SetAction, SetState } from '../operator/set-state.ts'
import { statusOf } from '../operator/set-status.ts'
import { NOW } from './objects.ts'

/** One action as a short text. */
export function brief(action: SetAction): string {
  switch (action.do) {
    case 'createPod':
    case 'deletePod':
      return `${action.do} ${action.pod.metadata?.name ?? ''}`
    case 'annotatePod':
      return `annotate ${action.pod.metadata?.name ?? ''} ${briefAnnotations(action.annotations)}`
    case 'annotateSet':
      return `annotate set ${briefAnnotations(action.annotations)}`
    case 'status':
      return `status ${action.status.phase ?? ''}`
    case 'deleteTag':
      return `deleteTag ${action.vmName}:${action.tag}`
    case 'event':
      return `event ${action.event.reason}`
    case 'fail':
      return `fail ${action.message}`
    case 'finalizers':
      return `finalizers ${action.finalizers.join(',')}`
  }
}

const briefAnnotations = (annotations: Record<string, string | null>) =>
  Object.entries(annotations)
    .map(([key, value]) => `${key.slice(key.indexOf('/') + 1)}=${value ?? 'null'}`)
    .join(' ')

/** The writes of one pass, as short texts. */
export const plan = (state: SetState) => planSet(state).actions.map(brief)

/** The set as it is once its status says this phase. */
export const phased = (phase: CocoonSetPhase, set: CocoonSet, pods: Pod[]): CocoonSet => ({
  ...set,
  status: statusOf(set, pods, phase, NOW),
})

/** A CocoonHibernation by the name of its pod. */
export const hibernation = (pod: string, desire: string, phase: string): [string, CocoonHibernation] => [
  pod,
  { spec: { podRef: { name: pod }, desire }, status: { phase } },
]

/** The main agent's pod as the operator creates it. */
export const main = (set: CocoonSet) => agentPod(set, 0)

/** The set with these finalizers only. */
export const without = (set: CocoonSet, finalizers: string[]) => ({
  ...set,
  metadata: { ...set.metadata, finalizers },
})
