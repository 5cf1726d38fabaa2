import type { Fields, Manifest } from './manifest.ts'
import { configMap, inNamespace, podOf, tried, withContainer } from './manifest.ts'

const PODS = inNamespace('pods')
const MAPS = inNamespace('configmaps')
const SECRETS = inNamespace('secrets')
const LEASES = inNamespace('leases', '/apis/coordination.k8s.io/v1')
const SETS = inNamespace('cocoonsets', '/apis/cocoonset.cocoonstack.io/v1')

const asked = (name: string, path: string, body: unknown, query = ''): Manifest => ({
  name: `decoding: ${name}`,
  method: 'POST',
  path: `${path}?dryRun=All${query}`,
  body,
})
const STRICT = '&fieldValidation=Strict'
const pod = (name: string, spec: Fields, metadata: Fields = {}) => asked(name, PODS, podOf(spec, metadata))
const container = (name: string, fields: Fields) => asked(name, PODS, withContainer(fields))
const metadata = (name: string, fields: Fields) => asked(`metadata of ${name}`, MAPS, configMap(fields))
const set = (spec: unknown, fields: Fields = {}, rest: Fields = {}) => ({
  apiVersion: 'cocoonset.cocoonstack.io/v1',
  kind: 'CocoonSet',
  metadata: { name: 'x', ...fields },
  spec,
  ...rest,
})
const AGENT = { agent: { image: 'a' } }
const bare = (fields: Fields) => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' }, ...fields })
const secret = (fields: Fields) => ({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a' }, ...fields })
const lease = (spec: Fields) => ({
  apiVersion: 'coordination.k8s.io/v1',
  kind: 'Lease',
  metadata: { name: 'a' },
  spec,
})
const UNKNOWN = podOf(
  { foo: 1, containers: [{ name: 'a', image: 'b', bar: { x: 1 }, ports: [{ containerPort: 1, zip: 2 }] }] },
  { labelz: {} },
)
const REPEATED =
  '{"apiVersion":"v1","kind":"Pod","metadata":{"name":"x"},"spec":{"foo":1,"containers":[{"name":"a","image":"b","image":"c"}]}}'

/** Bodies that are not quite objects of their kind. */
export const DECODING: readonly Manifest[] = [
  asked('unknown fields, strictly', PODS, UNKNOWN, STRICT),
  asked('unknown fields', PODS, UNKNOWN),
  asked('unknown fields, ignored', PODS, UNKNOWN, '&fieldValidation=Ignore'),
  asked('a level that there is not', PODS, UNKNOWN, '&fieldValidation=Nonsense'),
  asked('repeated fields, strictly', PODS, REPEATED, STRICT),
  asked('repeated fields', PODS, REPEATED),
  pod('fields in another case', { RestartPolicy: 'Never' }),
  metadata('labels as a text', { labels: 'a' }),
  metadata('a label as a number', { labels: { a: 1 } }),
  metadata('a label as null', { labels: { a: null } }),
  metadata('labels as a list', { labels: ['a'] }),
  metadata('an annotation as a flag', { annotations: { a: true } }),
  metadata('finalizers as a text', { finalizers: 'a' }),
  metadata('a finalizer as a number', { finalizers: [1] }),
  metadata('owners as an object', { ownerReferences: {} }),
  metadata('an owner with a number', { ownerReferences: [{ uid: 5 }] }),
  metadata('a time that is none', { creationTimestamp: 'abc' }),
  metadata('a time with words behind', { creationTimestamp: '2026-01-01T00:00:00Zulu' }),
  metadata('a month that there is not', { creationTimestamp: '2026-13-01T00:00:00Z' }),
  metadata('a time as a number', { creationTimestamp: 5 }),
  pod('containers as an object', { containers: {} }),
  pod('a container as a text', { containers: ['a'] }),
  pod('a container as a list', { containers: [[]] }),
  container('a number for a text', { image: 5 }),
  container('arguments as a text', { args: 'x' }),
  container('an argument as a number', { args: [1] }),
  container('the value of a variable as a number', { env: [{ name: 'A', value: 5 }] }),
  container('variables as an object', { env: { A: '5' } }),
  container('a port as a text', { ports: [{ containerPort: '80' }] }),
  container('a fraction of a port', { ports: [{ containerPort: 8.5 }] }),
  container('a port beyond 32 bits', { ports: [{ containerPort: 99999999999 }] }),
  container('a quantity that is none', { resources: { limits: { cpu: 'abc' } } }),
  container('a quantity as an object', { resources: { limits: { cpu: {} } } }),
  container('a quantity as nothing', { resources: { limits: { cpu: '' } } }),
  container('a quantity of unknown units', { resources: { limits: { cpu: '5kk' } } }),
  container('limits as a text', { resources: { limits: 'a' } }),
  container('a port of a probe as a flag', { livenessProbe: { httpGet: { port: true } } }),
  container('a fraction of a port of a probe', { livenessProbe: { httpGet: { port: 1.5 } } }),
  container('a probe as a text', { livenessProbe: 'x' }),
  pod('a number for a policy', { restartPolicy: 5 }),
  pod('a text for a flag', { hostNetwork: 'true' }),
  pod('a text for seconds', { terminationGracePeriodSeconds: '30' }),
  pod('a number among node labels', { nodeSelector: { a: 1 } }),
  pod('a mode as a text', { volumes: [{ name: 'a', configMap: { defaultMode: '0644' } }] }),
  asked('metadata as a text', PODS, bare({ metadata: 'x' })),
  asked('a specification as a list', PODS, bare({ spec: [] })),
  asked('a number for the kind', PODS, bare({ kind: 5 })),
  asked('a number for the version', PODS, bare({ apiVersion: 5 })),
  asked(
    'no version',
    PODS,
    bare({ apiVersion: undefined, spec: { containers: [{ name: 'a', image: 'b' }] } }),
  ),
  asked('another version', PODS, bare({ apiVersion: 'v2' })),
  asked('another kind', PODS, bare({ kind: 'Node' })),
  asked('another group', PODS, bare({ apiVersion: 'apps/v1', kind: 'Deployment' })),
  asked('a kind of nobody', PODS, bare({ apiVersion: 'foo/v1', kind: 'Bar' })),
  asked('a list', PODS, '[]'),
  asked('a text', PODS, '"a"'),
  asked('null', PODS, 'null'),
  asked('nothing', PODS, ''),
  asked('half of it', PODS, '{'),
  asked('data as a number', MAPS, configMap({}, { data: { a: 1 } })),
  asked('data as an object', MAPS, configMap({}, { data: { a: { b: 1 } } })),
  asked('bytes that are none', MAPS, configMap({}, { binaryData: { a: '***' } })),
  asked('bytes without an end', SECRETS, secret({ data: { a: 'YQ' } })),
  asked('bytes as a number', SECRETS, secret({ data: { a: 5 } })),
  asked('null among data', SECRETS, secret({ data: { a: null }, stringData: { b: null } })),
  asked('a time without microseconds', LEASES, lease({ renewTime: '2026-01-01T00:00:00Z' })),
  asked(
    'a set with unknown fields, strictly',
    SETS,
    set({ foo: 1, agent: { image: 'a', bar: 1 } }, { labelz: 1 }),
    STRICT,
  ),
  asked('a set with unknown fields', SETS, set({ foo: 1, agent: { image: 'a', bar: 1 } })),
  asked('a set with labels as a text', SETS, set(AGENT, { labels: 'a' })),
  asked('a set with a label as a number', SETS, set(AGENT, { labels: { a: 1 } })),
  asked('a set with metadata as a text', SETS, { ...set(AGENT), metadata: 'x' }),
  asked('a set of another version', SETS, {
    ...set(undefined),
    apiVersion: 'cocoonset.cocoonstack.io/v2',
  }),
  asked('a set of another kind', SETS, { ...set(AGENT), kind: 'CocoonSit' }),
  asked('a set without a kind', SETS, { ...set(AGENT), kind: undefined }),
  asked('a set without a version', SETS, { ...set(AGENT), apiVersion: undefined }),
  asked('a list for a set', SETS, '[]'),
  asked('a pod for a set', SETS, bare({})),
  tried('decoding: times of other zones', LEASES, lease({ renewTime: '2026-01-01T02:00:00.500000+02:00' })),
]
