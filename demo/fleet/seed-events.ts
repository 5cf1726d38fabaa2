import { OPERATOR_NAME, ANNOTATION_DEAD_LETTER } from '../../lib/cocoon/component-keys.ts'
import type { CocoonSet } from '../../lib/cocoon/crd.ts'
import { KIND_COCOON_SET } from '../../lib/cocoon/keys.ts'
import type { KubeObject, Pod } from '../../lib/cocoon/kube-json.ts'
import type { EventText } from '../client/event-recorder.ts'
import { refOf, type KubeEvent } from '../client/resources.ts'
import { kubeTime } from '../kube-time.ts'
import type { Random } from '../random.ts'

const MINUTE = 60_000

interface Told extends EventText {
  component: string
  count: number
}

function toldOfPod(pod: Pod): Told[] {
  const { status } = pod
  const scheduled = status?.conditions?.find((condition) => condition.type === 'PodScheduled')
  if (scheduled?.status === 'False') {
    const message = scheduled.message ?? ''
    return [
      { type: 'Warning', reason: 'FailedScheduling', message, component: 'default-scheduler', count: 4 },
    ]
  }
  if (status?.reason !== 'ProviderFailed') return []
  const message = status.message ?? ''
  const component = pod.spec?.nodeName ?? ''
  return [{ type: 'Warning', reason: 'ProviderCreateFailed', message, component, count: 1 }]
}

function toldOfSet(set: CocoonSet, pods: Pod[]): Told[] {
  const component = OPERATOR_NAME
  if (set.status?.phase === 'Failed') {
    const main = pods.find((pod) => pod.metadata?.name === `${set.metadata?.name ?? ''}-0`)
    const message = `main agent ${main?.metadata?.name ?? ''} failed: ${main?.status?.message ?? 'no message'}`
    return [{ type: 'Warning', reason: 'PodLifecycleFailed', message, component, count: 1 }]
  }
  return pods
    .filter((pod) => pod.metadata?.annotations?.[ANNOTATION_DEAD_LETTER] === 'true')
    .map((pod) => {
      const message = `sub-agent ${pod.metadata?.name ?? ''} failed after 4 rebuilds, leaving it alone`
      return { type: 'Warning', reason: 'SubAgentDeadLetter', message, component, count: 1 }
    })
}

function eventObject(about: KubeObject, told: Told, at: string, random: Random): KubeEvent {
  const { component, ...event } = told
  const { namespace, name } = refOf(about)
  return {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name: `${name}.${random.hex(16)}`, namespace, uid: random.uuid(), creationTimestamp: at },
    involvedObject: {
      apiVersion: about.apiVersion,
      kind: about.kind,
      namespace,
      name,
      uid: about.metadata?.uid,
    },
    ...event,
    firstTimestamp: at,
    lastTimestamp: at,
    source: { component },
    reportingComponent: component,
    reportingInstance: '',
  }
}

/** Events of the last hour about what is wrong in the seeded fleet; older ones have expired, as in a cluster. */
export function seedEvents(objects: KubeObject[], now: number, random: Random): KubeEvent[] {
  const pods = objects.filter((object): object is Pod => object.kind === 'Pod')
  const bySet = Map.groupBy(pods, (pod) => pod.metadata?.ownerReferences?.[0]?.uid ?? '')
  const ofSet = (set: KubeObject) => bySet.get(set.metadata?.uid ?? '') ?? []
  return objects.flatMap((object) => {
    const told =
      object.kind === KIND_COCOON_SET
        ? toldOfSet(object, ofSet(object))
        : object.kind === 'Pod'
          ? toldOfPod(object)
          : []
    return told.map((each) => eventObject(object, each, kubeTime(now - random.int(1, 40) * MINUTE), random))
  })
}
