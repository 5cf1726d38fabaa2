import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { API_GROUP, API_VERSION } from '../../../lib/cocoon/keys.ts'
import type { KubeObject } from '../../../lib/cocoon/kube-json.ts'

/** Left by `e2e/serve.ts`: where the cluster of the tests is, and the token of its administrator. */
const WHERE = join(import.meta.dirname, '..', '..', '..', '.cache', 'e2e-cluster.json')

const SETS = `/apis/${API_GROUP}/v1/namespaces`

async function send(method: string, path: string, body?: object): Promise<Response> {
  const { server, token } = JSON.parse(readFileSync(WHERE, 'utf8')) as { server: string; token: string }
  return fetch(`${server}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': method === 'PATCH' ? 'application/merge-patch+json' : 'application/json',
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
}

async function ask(method: string, path: string, body?: object): Promise<KubeObject> {
  const response = await send(method, path, body)
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
  return (await response.json()) as KubeObject
}

const podPath = (pod: string) => {
  const [namespace = '', name = ''] = pod.split('/')
  return `/api/v1/namespaces/${namespace}/pods/${name}`
}

/** The pod `namespace/name` as it is now. */
export const readPod = (pod: string) => ask('GET', podPath(pod))

/** Sets annotations of a pod, as `kubectl annotate --overwrite`; null takes one away. */
export const annotatePod = (pod: string, annotations: Record<string, string | null>) =>
  ask('PATCH', podPath(pod), { metadata: { annotations } })

export const deletePod = (pod: string) => ask('DELETE', podPath(pod))

/** Sets `spec.agent.replicas` of the CocoonSet `namespace/name`. */
export function scaleSet(set: string, replicas: number): Promise<KubeObject> {
  const [namespace = '', name = ''] = set.split('/')
  return ask('PATCH', `${SETS}/${namespace}/cocoonsets/${name}`, { spec: { agent: { replicas } } })
}

/** Asks for a VM to sleep or to wake through its CocoonHibernation (contract 5). */
export async function wishFor(pod: string, desire: 'Hibernate' | 'Wake'): Promise<void> {
  const [namespace = '', name = ''] = pod.split('/')
  const path = `${SETS}/${namespace}/cocoonhibernations`
  const { status } = await send('GET', `${path}/${name}`)
  if (status !== 404) {
    await ask('PATCH', `${path}/${name}`, { spec: { desire } })
    return
  }
  const metadata = { name, namespace }
  const spec = { podRef: { name }, desire }
  await ask('POST', path, { apiVersion: API_VERSION, kind: 'CocoonHibernation', metadata, spec })
}
