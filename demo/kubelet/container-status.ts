import type { Pod } from '../../lib/cocoon/kube-json.ts'
import { kubeTime } from '../kube-time.ts'

/** The status of a pod whose containers all run since `now`, as an ordinary kubelet reports it. */
export function containersRunning(pod: Pod, podIP: string, now: number): object {
  const at = kubeTime(now)
  const condition = (type: string) => ({ type, status: 'True', lastTransitionTime: at })
  return {
    phase: 'Running',
    podIP,
    podIPs: [{ ip: podIP }],
    startTime: at,
    conditions: ['PodScheduled', 'Initialized', 'ContainersReady', 'Ready'].map(condition),
    containerStatuses: (pod.spec?.containers ?? []).map(({ name, image }) => ({
      name,
      image: image ?? '',
      imageID: '',
      ready: true,
      started: true,
      restartCount: 0,
      state: { running: { startedAt: at } },
    })),
  }
}
