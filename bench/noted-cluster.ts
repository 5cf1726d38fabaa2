import type { Admission } from '../demo/api/admission.ts'
import { startApiServer } from '../demo/api/server.ts'
import { wallClock } from '../demo/clock.ts'
import { kubeconfigText } from '../demo/kubeconfig.ts'
import { seededRandom } from '../demo/random.ts'
import { agentPod } from '../e2e/faulty-api/fleet-objects.ts'
import { ANNOTATION_IMAGE } from '../lib/cocoon/keys.ts'

const TOKEN = 'bench'
const ADMIN = { username: 'bench', groups: ['system:masters'] }

/** An API server that notes when it lets a write in, which is just before every watcher is told. */
export interface NotedCluster {
  kubeconfig: string
  /** `namespace/name` of its pods. */
  pods: readonly string[]
  /** Writes an image to a pod, a change that every client shows or prints; gives the moment of the write. */
  write(pod: string, image: string): Promise<number>
  watches(): number
  close(): Promise<void>
}

/** Moments are of `performance.now()` in this process. */
export async function startNotedCluster(podCount: number): Promise<NotedCluster> {
  let wroteAt = Number.NaN
  const admission: Admission = {
    mutate: ({ object }) => object,
    validate: () => void (wroteAt = performance.now()),
  }
  const objects = Array.from({ length: podCount }, (_, serial) => agentPod(serial, 0))
  const pods = objects.map(({ metadata }) => `${metadata?.namespace ?? ''}/${metadata?.name ?? ''}`)
  const namespaces = [...new Set(objects.map(({ metadata }) => metadata?.namespace ?? ''))].map((name) => ({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name },
  }))
  const api = await startApiServer({
    port: 0,
    clock: wallClock(),
    random: seededRandom(7),
    tokens: { [TOKEN]: ADMIN },
    objects: [...namespaces, ...objects],
    admission,
  })
  return {
    kubeconfig: kubeconfigText({ server: api.secureUrl, certificate: api.certificate, token: TOKEN }),
    pods,
    async write(pod, image) {
      const [namespace = '', name = ''] = pod.split('/')
      const answer = await fetch(`${api.url}/api/v1/namespaces/${namespace}/pods/${name}`, {
        method: 'PATCH',
        headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/merge-patch+json' },
        body: JSON.stringify({ metadata: { annotations: { [ANNOTATION_IMAGE]: image } } }),
      })
      if (!answer.ok)
        throw new Error(`the write to ${pod} was answered ${answer.status}: ${await answer.text()}`)
      await answer.arrayBuffer()
      return wroteAt
    },
    watches: api.watches,
    close: api.close,
  }
}
