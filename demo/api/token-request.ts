import { kubeTime } from '../kube-time.ts'
import { AUDIENCES } from './authentication.ts'
import type { Cluster } from './cluster.ts'
import { invalidValue } from './field-causes.ts'
import type { JsonRecord } from './json.ts'
import { isRecord, listAt, textAt, valueAt } from './json.ts'
import { storedOf } from './list.ts'
import type { ObjectRoute } from './route.ts'
import { ISSUER } from './service-account-tokens.ts'
import { accountUsername } from './service-account-users.ts'
import type { FieldCause } from './status.ts'
import { badRequest, conflict, invalid, notFound } from './status.ts'
import type { Stored } from './stored.ts'

const KIND = { group: 'authentication.k8s.io', kind: 'TokenRequest' }
const DEFAULT_SECONDS = 3600
const LEAST_SECONDS = 600
const MOST_SECONDS = 2 ** 32

function lifetimeOf(body: JsonRecord): number {
  const asked = valueAt(body, 'spec', 'expirationSeconds')
  if (asked === undefined || asked === null) return DEFAULT_SECONDS
  if (typeof asked !== 'number' || !Number.isInteger(asked)) {
    throw badRequest('spec.expirationSeconds must be a whole number')
  }
  return asked
}

function lifetimeCauses(seconds: number): FieldCause[] {
  const field = 'spec.expirationSeconds'
  if (seconds < LEAST_SECONDS) {
    return [invalidValue(field, seconds, 'may not specify a duration less than 10 minutes')]
  }
  return seconds > MOST_SECONDS
    ? [invalidValue(field, seconds, 'may not specify a duration larger than 2^32 seconds')]
    : []
}

const BINDABLE: Readonly<Record<string, string>> = { Pod: 'pods', Secret: 'secrets', Node: 'nodes' }

/** The object whose end is also the token's. Throws 400, 404 and 409. */
function boundObject(cluster: Cluster, route: ObjectRoute, reference: JsonRecord): Stored {
  const kind = textAt(reference, 'kind')
  const apiVersion = textAt(reference, 'apiVersion')
  const plural = apiVersion === 'v1' && Object.hasOwn(BINDABLE, kind) ? (BINDABLE[kind] ?? '') : ''
  const resource = cluster.registry.find('', 'v1', plural)
  const [group, version] = apiVersion.includes('/') ? apiVersion.split('/') : ['', apiVersion]
  if (!resource) throw badRequest(`cannot bind token to object of type ${group}/${version}, Kind=${kind}`)
  const name = textAt(reference, 'name')
  const stored = cluster.store.get(resource, resource.namespaced ? route.namespace : '', name)
  if (!stored) throw notFound(resource, name)
  const uid = textAt(reference, 'uid')
  if (uid && uid !== stored.object.metadata.uid) {
    const why =
      `the UID in the bound object reference (${uid}) does not match the UID in record. ` +
      'The object might have been deleted and then recreated'
    throw conflict({ group: '', plural: kind }, name, why)
  }
  const account = textAt(stored.object, 'spec', 'serviceAccountName')
  if (kind === 'Pod' && account !== route.name) {
    throw badRequest(
      `cannot bind token for serviceaccount ${JSON.stringify(route.name)} to pod running with different serviceaccount name.`,
    )
  }
  return stored
}

const named = ({ object }: Stored) => ({ name: object.metadata.name, uid: object.metadata.uid })

function nodeOf(cluster: Cluster, pod: Stored) {
  const name = textAt(pod.object, 'spec', 'nodeName')
  const nodes = cluster.registry.find('', 'v1', 'nodes')
  const node = name && nodes ? cluster.store.get(nodes, '', name) : undefined
  return name ? { node: node ? named(node) : { name } } : {}
}

function claimsAbout(cluster: Cluster, account: Stored, bound: Stored | undefined): JsonRecord {
  const what = bound?.resource.singular ?? ''
  return {
    namespace: account.object.metadata.namespace,
    ...(bound && what === 'pod' && nodeOf(cluster, bound)),
    ...(bound && { [what]: named(bound) }),
    serviceaccount: named(account),
  }
}

/**
 * A signed token of a service account, which ends with its lifetime, its account or the object that it is bound
 * to. Throws 404, 409, 400 and 422 as the original.
 */
export function requestToken(cluster: Cluster, route: ObjectRoute, sent: unknown): JsonRecord {
  const account = storedOf(cluster, route)
  if (!account) throw notFound(route.resource, route.name)
  const body = isRecord(sent) ? sent : {}
  const kind = textAt(body, 'kind')
  if (kind && kind !== KIND.kind) throw badRequest(`expected kind ${KIND.kind}, but got ${kind}`)
  const givenName = textAt(body, 'metadata', 'name')
  if (givenName && givenName !== route.name) {
    const why = 'must match the service account name if specified'
    throw invalid(KIND, route.name, [invalidValue('metadata.name', givenName, why)])
  }
  const seconds = lifetimeOf(body)
  const causes = lifetimeCauses(seconds)
  if (causes.length > 0) throw invalid(KIND, givenName, causes)
  const reference = valueAt(body, 'spec', 'boundObjectRef')
  const bound = isRecord(reference) ? boundObject(cluster, route, reference) : undefined
  const asked = listAt(body, 'spec', 'audiences').filter((one) => typeof one === 'string')
  const audiences = asked.length > 0 ? asked : [...AUDIENCES]
  const now = cluster.clock.now()
  const issued = Math.floor(now / 1000)
  const { name = '', namespace = '', uid } = account.object.metadata
  const token = cluster.signer.sign({
    aud: audiences,
    exp: issued + seconds,
    iat: issued,
    iss: ISSUER,
    jti: cluster.random.uuid(),
    'kubernetes.io': claimsAbout(cluster, account, bound),
    nbf: issued,
    sub: accountUsername(namespace, name),
  })
  return {
    kind: KIND.kind,
    apiVersion: `${KIND.group}/v1`,
    metadata: { name, namespace, uid, creationTimestamp: kubeTime(now) },
    spec: { audiences, expirationSeconds: seconds, boundObjectRef: bound ? reference : null },
    status: { token, expirationTimestamp: kubeTime((issued + seconds) * 1000) },
  }
}
