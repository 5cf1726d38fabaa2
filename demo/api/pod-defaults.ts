import type { JsonRecord, KubeJson } from './json.ts'
import { isRecord, listAt, textAt, valueAt } from './json.ts'

const POD_SPEC = {
  restartPolicy: 'Always',
  terminationGracePeriodSeconds: 30,
  dnsPolicy: 'ClusterFirst',
  securityContext: {},
  schedulerName: 'default-scheduler',
  enableServiceLinks: true,
}

const CONTAINER = {
  resources: {},
  terminationMessagePath: '/dev/termination-log',
  terminationMessagePolicy: 'File',
}

/** `latest` and untagged images are pulled always, as in the original. */
function pullPolicy(image: string): string {
  const tag = image.slice(image.lastIndexOf('/') + 1)
  return !tag.includes('@') && (!tag.includes(':') || tag.endsWith(':latest')) ? 'Always' : 'IfNotPresent'
}

/** The defaults that the server writes into a pod before admission sees it. */
export function podDefaults(pod: KubeJson): KubeJson {
  const spec: JsonRecord = isRecord(pod.spec) ? pod.spec : {}
  const containers = listAt(spec, 'containers').map((one) =>
    isRecord(one)
      ? Object.assign({ imagePullPolicy: pullPolicy(textAt(one, 'image')) }, CONTAINER, one)
      : one,
  )
  const account = textAt(spec, 'serviceAccountName')
  return {
    ...pod,
    spec: {
      ...POD_SPEC,
      ...spec,
      ...(account && { serviceAccount: account }),
      containers,
    },
  }
}

const amounts = (container: unknown, which: string) => {
  const found = valueAt(container, 'resources', which)
  return isRecord(found) ? found : {}
}

/** status.qosClass: Guaranteed when every container limits cpu and memory and requests just that. */
export function qosClass(pod: KubeJson): string {
  const containers = listAt(pod, 'spec', 'containers')
  const guaranteed = containers.every((one) => {
    const limits = amounts(one, 'limits')
    const requests = { ...limits, ...amounts(one, 'requests') }
    return ['cpu', 'memory'].every((kind) => limits[kind] !== undefined && limits[kind] === requests[kind])
  })
  if (guaranteed && containers.length > 0) return 'Guaranteed'
  const any = containers.some((one) => 'requests' in amountsOf(one) || 'limits' in amountsOf(one))
  return any ? 'Burstable' : 'BestEffort'
}

const amountsOf = (container: unknown) => {
  const found = valueAt(container, 'resources')
  return isRecord(found) ? found : {}
}
