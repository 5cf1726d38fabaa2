import { API_GROUP, API_VERSION } from '../../../lib/cocoon/keys.ts'
import type { KubeObject } from '../../../lib/cocoon/kube-json.ts'

/** A VNC server outside of the cluster, shown as a static toolbox of a set (contract 8). */
export interface StaticDesktop {
  name: string
  port: number
  host?: string
}

/** A set whose toolboxes are VNC servers on this machine. */
export function setOfDesktops(namespace: string, name: string, desktops: readonly StaticDesktop[]): KubeObject {
  return {
    apiVersion: API_VERSION,
    kind: 'CocoonSet',
    metadata: { namespace, name },
    spec: {
      agent: { image: 'ubuntu:24.04', mode: 'run', replicas: 0 },
      toolboxes: desktops.map((desktop) => ({
        name: desktop.name,
        mode: 'static',
        connType: 'vnc',
        staticIP: desktop.host ?? '127.0.0.1',
        staticVMID: `vm-${desktop.name}`,
        vncPort: desktop.port,
      })),
    },
  } as KubeObject
}

export const SETS_PATH = (namespace: string) => `/apis/${API_GROUP}/v1/namespaces/${namespace}/cocoonsets`
