import type { KubeObject } from '../../../lib/cocoon/kube-json.ts'
import { aPod } from '../../../lib/fleet/objects.fixture.ts'

export interface ScreenPod {
  /** `vm.cocoonstack.io/ip`, whatever it says. */
  ip?: string
  /** `vm.cocoonstack.io/vnc-port`, likewise. */
  port?: string
  /** What the kubelet reports; nothing unless told, as for static VMs. */
  podIP?: string
  managed?: boolean
  os?: string
  node?: string
  namespace?: string
  /** More annotations, over these. */
  annotations?: Record<string, string>
}

/** A pod whose VM has a screen, ready, of namespace `team`: a static one unless told otherwise. */
export function screenPod(name: string, screen: ScreenPod = {}): KubeObject {
  const { ip = '127.0.0.1', port = '5900', podIP, managed = false, os = 'linux' } = screen
  const namespace = screen.namespace ?? 'team'
  const sample = aPod({
    name,
    set: null,
    annotations: {
      'cocoonset.cocoonstack.io/managed': String(managed),
      'cocoonset.cocoonstack.io/mode': managed ? 'clone' : 'static',
      'cocoonset.cocoonstack.io/os': os,
      'vm.cocoonstack.io/ip': ip,
      'vm.cocoonstack.io/vnc-port': port,
      ...screen.annotations,
    },
    spec: {
      nodeName: screen.node ?? 'node-a',
      nodeSelector: {},
      containers: [{ name: 'agent', image: 'ghcr.io/cocoonstack/placeholder:1' }],
    },
  })
  const status = sample.status as Record<string, unknown>
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    ...sample,
    metadata: { ...(sample.metadata as object), namespace, resourceVersion: undefined },
    status: { ...status, podIP, podIPs: podIP === undefined ? undefined : [{ ip: podIP }] },
  } as KubeObject
}
