import { API_VERSION } from '../../../lib/cocoon/keys.ts'
import { createWholeSet, deleteSet } from './cluster.ts'

/** A VNC server on this machine, shown as a static toolbox of a set (contract 8). */
export interface StaticDesktop {
  name: string
  port: number
}

const NAMESPACE = 'qa'

/** A set whose toolboxes are VNC servers of this machine; `name` is its own, in the namespace `qa`. */
export async function showDesktops(name: string, desktops: readonly StaticDesktop[]): Promise<void> {
  await createWholeSet({
    apiVersion: API_VERSION,
    kind: 'CocoonSet',
    metadata: { namespace: NAMESPACE, name },
    spec: {
      agent: { image: 'ghcr.io/cocoonstack/images/debian-slim:13', mode: 'run', replicas: 0 },
      toolboxes: desktops.map((desktop) => ({
        name: desktop.name,
        mode: 'static',
        connType: 'vnc',
        staticIP: '127.0.0.1',
        staticVMID: `here-${desktop.name}`,
        vncPort: desktop.port,
      })),
    },
  })
}

export const forgetDesktops = (name: string) => deleteSet(`${NAMESPACE}/${name}`)

export const consoleOf = (set: string, desktop: string) => `/vms/${NAMESPACE}/${set}-${desktop}/console`
