import type { KubeJson } from './json.ts'
import { isRecord, listAt, textAt } from './json.ts'

const NOT_READY = ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable']
const SECONDS = 300

/** Whether one of a pod's tolerations already says how long it stays on a node with the taint. */
const isTolerated = (tolerations: readonly unknown[], key: string) =>
  tolerations.some(
    (one) => ['', key].includes(textAt(one, 'key')) && ['', 'NoExecute'].includes(textAt(one, 'effect')),
  )

/** A pod that stays five minutes on a node that is gone, unless it says otherwise. */
export function withTolerations(pod: KubeJson): KubeJson {
  const given = listAt(pod, 'spec', 'tolerations')
  const missing = NOT_READY.filter((key) => !isTolerated(given, key))
  if (missing.length === 0) return pod
  const added = missing.map((key) => ({
    key,
    operator: 'Exists',
    effect: 'NoExecute',
    tolerationSeconds: SECONDS,
  }))
  return { ...pod, spec: { ...(isRecord(pod.spec) ? pod.spec : {}), tolerations: [...given, ...added] } }
}
