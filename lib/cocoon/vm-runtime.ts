import { annotationOf, writableAnnotations } from './annotations.ts'
import { goIntText, parseGoInt32 } from './go-int.ts'
import { ANNOTATION_IP, ANNOTATION_VM_ID, ANNOTATION_VNC_PORT } from './keys.ts'
import type { MaybePod } from './kube-json.ts'

/** What the node reports of a VM that it made (contract 2.6). */
export interface VMRuntime {
  vmID: string
  ip: string
  /** 0 without a port. Not checked to be a port: -1 and 70000 pass (contract 2.6). */
  vncPort: number
}

/** Reads the runtime annotations; an unreadable port is 0 (contract 2.6). */
export function parseVMRuntime(pod: MaybePod): VMRuntime {
  return {
    vmID: annotationOf(pod, ANNOTATION_VM_ID),
    ip: annotationOf(pod, ANNOTATION_IP),
    vncPort: parseGoInt32(annotationOf(pod, ANNOTATION_VNC_PORT)) ?? 0,
  }
}

/** Writes what is known; it cannot clear what was written before. Returns the pod (contract 2.6). */
export function applyVMRuntime<P extends MaybePod>(runtime: VMRuntime, pod: P): P {
  if (!pod) return pod
  const annotations = writableAnnotations(pod)
  if (runtime.vmID !== '') annotations[ANNOTATION_VM_ID] = runtime.vmID
  if (runtime.ip !== '') annotations[ANNOTATION_IP] = runtime.ip
  if (runtime.vncPort > 0) annotations[ANNOTATION_VNC_PORT] = goIntText(runtime.vncPort)
  return pod
}
