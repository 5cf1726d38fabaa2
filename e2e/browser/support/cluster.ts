import { readFileSync } from 'node:fs'
import { ANNOTATION_IP, API_GROUP, API_VERSION } from '../../../lib/cocoon/keys.ts'
import type { CocoonSet } from '../../../lib/cocoon/crd.ts'
import type { KubeObject } from '../../../lib/cocoon/kube-json.ts'
import { isNotFound } from '../../../demo/client/api-error.ts'
import { connect } from '../../../demo/client/connection.ts'
import { clusterFileAt, PORT } from './place.ts'

/** Left by `e2e/serve.ts`: where the cluster of the tests is, and the token of its administrator. */
export interface WhereTheClusterIs {
  server: string
  token: string
  certificate?: string
}

const SETS = `/apis/${API_GROUP}/v1/namespaces`

const where = () => JSON.parse(readFileSync(clusterFileAt(PORT), 'utf8')) as WhereTheClusterIs

/** With what the administrator signs in. */
export const adminToken = () => where().token

/** One request over a connection of its own: tests write seldom. Throws an `ApiError` when it is refused. */
async function ask(method: string, path: string, body?: object): Promise<KubeObject> {
  const connection = connect({ ...where(), userAgent: 'browser-tests' })
  try {
    const type = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json'
    return (await connection.send(method, path, body, type)) as KubeObject
  } finally {
    connection.close()
  }
}

const podPath = (pod: string) => {
  const [namespace = '', name = ''] = pod.split('/')
  return `/api/v1/namespaces/${namespace}/pods/${name}`
}

/** The pod `namespace/name` as it is now. */
export const readPod = (pod: string) => ask('GET', podPath(pod))

/** The address of a VM's guest, as its node agent wrote it. Throws where there is none to compare with. */
export async function addressOf(pod: string): Promise<string> {
  const address = (await readPod(pod)).metadata?.annotations?.[ANNOTATION_IP]
  if (!address) throw new Error(`${pod} has no address`)
  return address
}

/** A token of the ServiceAccount `namespace/name`, as `kubectl create token`. */
export async function accountToken(account: string): Promise<string> {
  const [namespace = '', name = ''] = account.split('/')
  const path = `/api/v1/namespaces/${namespace}/serviceaccounts/${name}/token`
  const kind = { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest' }
  const { status } = (await ask('POST', path, { ...kind, spec: {} })) as { status?: { token?: string } }
  if (!status?.token) throw new Error(`the cluster gives ${account} no token`)
  return status.token
}

/** Sets annotations of a pod, as `kubectl annotate --overwrite`; null takes one away. */
export const annotatePod = (pod: string, annotations: Record<string, string | null>) =>
  ask('PATCH', podPath(pod), { metadata: { annotations } })

export const deletePod = (pod: string) => ask('DELETE', podPath(pod))

/** Sets `spec.agent.replicas` of the CocoonSet `namespace/name`. */
export function scaleSet(set: string, replicas: number): Promise<KubeObject> {
  const [namespace = '', name = ''] = set.split('/')
  return ask('PATCH', `${SETS}/${namespace}/cocoonsets/${name}`, { spec: { agent: { replicas } } })
}

/** `spec.agent.replicas` of the CocoonSet `namespace/name`, as the cluster has it now. */
export async function replicasOf(set: string): Promise<unknown> {
  const [namespace = '', name = ''] = set.split('/')
  const { spec } = (await ask('GET', `${SETS}/${namespace}/cocoonsets/${name}`)) as CocoonSet
  return spec?.agent?.replicas
}

/** A CocoonSet `namespace/name` as the cluster has it now. */
export function readSet(set: string): Promise<CocoonSet> {
  const [namespace = '', name = ''] = set.split('/')
  return ask('GET', `${SETS}/${namespace}/cocoonsets/${name}`)
}

/** Merges a patch into a CocoonSet `namespace/name`, as somebody else would. */
export function patchSet(set: string, patch: object): Promise<KubeObject> {
  const [namespace = '', name = ''] = set.split('/')
  return ask('PATCH', `${SETS}/${namespace}/cocoonsets/${name}`, patch)
}

/** Makes a CocoonSet of a whole document. */
export const createWholeSet = (document: CocoonSet & { metadata: { namespace: string } }) =>
  ask('POST', `${SETS}/${document.metadata.namespace}/cocoonsets`, document)

/** Deletes the CocoonSet `namespace/name`, and with it its VMs. */
export function deleteSet(set: string): Promise<KubeObject> {
  const [namespace = '', name = ''] = set.split('/')
  return ask('DELETE', `${SETS}/${namespace}/cocoonsets/${name}`)
}

/** Takes the CocoonHibernation of a VM away, if there is one: of one that is awake nothing is lost. */
export async function dropWish(pod: string): Promise<void> {
  const [namespace = '', name = ''] = pod.split('/')
  try {
    await ask('DELETE', `${SETS}/${namespace}/cocoonhibernations/${name}`)
  } catch (error) {
    if (!isNotFound(error)) throw error
  }
}

/** Asks for a VM to sleep or to wake through its CocoonHibernation (contract 5). */
export async function wishFor(pod: string, desire: 'Hibernate' | 'Wake'): Promise<void> {
  const [namespace = '', name = ''] = pod.split('/')
  const path = `${SETS}/${namespace}/cocoonhibernations`
  try {
    await ask('PATCH', `${path}/${name}`, { spec: { desire } })
    return
  } catch (error) {
    if (!isNotFound(error)) throw error
  }
  const metadata = { name, namespace }
  const spec = { podRef: { name }, desire }
  await ask('POST', path, { apiVersion: API_VERSION, kind: 'CocoonHibernation', metadata, spec })
}

/** Deletes the CocoonSet `namespace/name`, if there is one. */
export async function dropSet(set: string): Promise<void> {
  const [namespace = '', name = ''] = set.split('/')
  try {
    await ask('DELETE', `${SETS}/${namespace}/cocoonsets/${name}`)
  } catch (error) {
    if (!isNotFound(error)) throw error
  }
}

/** Makes a CocoonSet of a main agent alone; some images fail on purpose (README). */
export function createSet(set: string, image: string): Promise<KubeObject> {
  const [namespace = '', name = ''] = set.split('/')
  return ask('POST', `${SETS}/${namespace}/cocoonsets`, {
    apiVersion: API_VERSION,
    kind: 'CocoonSet',
    metadata: { name, namespace },
    spec: { agent: { image, mode: 'run', replicas: 0, storage: '8Gi' } },
  })
}

/** Sets `spec.suspend` of the CocoonSet `namespace/name`. */
export function suspendSet(set: string, suspend: boolean): Promise<KubeObject> {
  const [namespace = '', name = ''] = set.split('/')
  return ask('PATCH', `${SETS}/${namespace}/cocoonsets/${name}`, { spec: { suspend } })
}

const HOOKS = '/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations'

/** Asks a webhook before every change of a CocoonSet of one namespace. */
export function guardSets(
  name: string,
  namespace: string,
  clientConfig: { url: string; caBundle: string },
): Promise<KubeObject> {
  return ask('POST', HOOKS, {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingWebhookConfiguration',
    metadata: { name },
    webhooks: [
      {
        name: `${name}.example.org`,
        clientConfig,
        rules: [
          { apiGroups: [API_GROUP], apiVersions: ['v1'], operations: ['UPDATE'], resources: ['cocoonsets'] },
        ],
        namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
        sideEffects: 'None',
        admissionReviewVersions: ['v1'],
        failurePolicy: 'Fail',
      },
    ],
  })
}

export const dropGuard = (name: string) => ask('DELETE', `${HOOKS}/${name}`)
