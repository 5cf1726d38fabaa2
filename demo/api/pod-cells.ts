import { humanDuration } from './human-duration.ts'
import type { KubeJson } from './json.ts'
import { listAt, textAt, valueAt } from './json.ts'

const statuses = (pod: KubeJson) => listAt(pod, 'status', 'containerStatuses')

const whole = (value: unknown) => (typeof value === 'number' ? value : 0)

/** `1/2`: ready containers of all. */
export function podReadyCell(pod: KubeJson): string {
  const ready = statuses(pod).filter((one) => valueAt(one, 'ready') === true).length
  return `${ready}/${listAt(pod, 'spec', 'containers').length}`
}

/** The sum of restarts, with the age of the latest one as kubectl shows it. */
export function podRestartsCell(pod: KubeJson, now: number): string {
  const count = statuses(pod).reduce<number>((sum, one) => sum + whole(valueAt(one, 'restartCount')), 0)
  const last = statuses(pod)
    .map((one) => Date.parse(textAt(one, 'lastState', 'terminated', 'finishedAt')))
    .filter((time) => !Number.isNaN(time))
  return count > 0 && last.length > 0
    ? `${count} (${humanDuration(now - Math.max(...last))} ago)`
    : String(count)
}

function containerReason(status: unknown): string {
  const waiting = textAt(status, 'state', 'waiting', 'reason')
  if (waiting) return waiting
  const terminated = valueAt(status, 'state', 'terminated')
  if (terminated === undefined) return ''
  const signal = whole(valueAt(terminated, 'signal'))
  const fallback = signal > 0 ? `Signal:${signal}` : `ExitCode:${whole(valueAt(terminated, 'exitCode'))}`
  return textAt(terminated, 'reason') || fallback
}

/** The word of the Status column: why the pod waits or ended, else its phase; Terminating while it goes. */
export function podStatusCell(pod: KubeJson): string {
  const reason = textAt(pod, 'status', 'reason')
  if (pod.metadata.deletionTimestamp) return reason === 'NodeLost' ? 'Unknown' : 'Terminating'
  const ofContainers = statuses(pod)
    .map(containerReason)
    .filter((word) => word !== '')
  return ofContainers.at(0) ?? (reason || textAt(pod, 'status', 'phase'))
}
