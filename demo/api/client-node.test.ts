import {
  CoreV1Api,
  CustomObjectsApi,
  KubeConfig,
  PatchStrategy,
  VersionApi,
  Watch,
  setHeaderOptions,
} from '@kubernetes/client-node'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { kubeconfigText } from '../kubeconfig.ts'
import { selfSigned } from './certificate.ts'
import type { TestServer } from './testing/test-server.ts'
import { TOKEN, newPod, newSet, startTestServer } from './testing/test-server.ts'

let server: TestServer
let config: KubeConfig
let core: CoreV1Api
let custom: CustomObjectsApi

const namespace = 'default'
const SETS = { group: 'cocoonset.cocoonstack.io', version: 'v1', plural: 'cocoonsets', namespace }

beforeAll(async () => {
  server = await startTestServer()
  config = new KubeConfig()
  config.loadFromString(kubeconfigText({ server: server.url, token: TOKEN }))
  core = config.makeApiClient(CoreV1Api)
  custom = config.makeApiClient(CustomObjectsApi)
})
afterAll(() => server.close())

it('reads the context that the kubeconfig names', async () => {
  expect(config.getCurrentContext()).toBe('cocoon-demo')
  expect((await config.makeApiClient(VersionApi).getCode()).minor).toBe('36')
})

it('speaks TLS to whom the kubeconfig trusts, and to nobody else', async () => {
  const { secureUrl, certificate } = server
  const versionBy = (authority: string) => {
    const secure = new KubeConfig()
    secure.loadFromString(kubeconfigText({ server: secureUrl, certificate: authority, token: TOKEN }))
    return secure.makeApiClient(VersionApi).getCode()
  }
  expect((await versionBy(certificate)).minor).toBe('36')
  const { cert: stranger } = selfSigned(['127.0.0.1'], Date.now())
  await expect(versionBy(stranger)).rejects.toThrow('fetch failed')
})

it('creates, lists in pages, and reads what it wrote', async () => {
  for (const name of ['a', 'b', 'c']) await core.createNamespacedPod({ namespace, body: newPod(name) })
  const first = await core.listNamespacedPod({ namespace, limit: 2 })
  expect(first.items.map((pod) => pod.metadata?.name)).toEqual(['a', 'b'])
  const { _continue: token } = first.metadata ?? {}
  const rest = await core.listNamespacedPod({ namespace, limit: 2, _continue: token })
  expect(rest.items.map((pod) => pod.metadata?.name)).toEqual(['c'])
  const pod = await core.readNamespacedPod({ namespace, name: 'a' })
  expect(pod.metadata?.creationTimestamp).toEqual(new Date('2026-01-01T00:00:00Z'))
})

it.each([
  [PatchStrategy.MergePatch, { metadata: { labels: { x: 'merge' } } }, 'merge'],
  [PatchStrategy.StrategicMergePatch, { metadata: { labels: { x: 'strategic' } } }, 'strategic'],
  [PatchStrategy.JsonPatch, [{ op: 'replace', path: '/metadata/labels/x', value: 'json' }], 'json'],
])('patches by %s', async (strategy, body, expected) => {
  const options = setHeaderOptions('Content-Type', strategy)
  const pod = await core.patchNamespacedPod({ namespace, name: 'a', body }, options)
  expect(pod.metadata?.labels?.x).toBe(expected)
})

it('writes custom resources, and is told of conflicts by code', async () => {
  const body = newSet('set')
  await custom.createNamespacedCustomObject({ ...SETS, body })
  await expect(custom.createNamespacedCustomObject({ ...SETS, body })).rejects.toMatchObject({ code: 409 })
  const test = [{ op: 'test', path: '/spec/agent/replicas', value: 7 }]
  await expect(
    custom.patchNamespacedCustomObject({ ...SETS, name: 'set', body: test }),
  ).rejects.toMatchObject({
    code: 422,
  })
})

it('watches', async () => {
  const seen: string[] = []
  const path = `/api/v1/namespaces/${namespace}/pods`
  const ended = Promise.withResolvers<unknown>()
  const note = (type: string, pod: { metadata?: { name?: string } }) =>
    seen.push(`${type} ${pod.metadata?.name}`)
  const watch = await new Watch(config).watch(
    path,
    { resourceVersion: String(server.revision()) },
    note,
    ended.resolve,
  )
  await core.createNamespacedPod({ namespace, body: newPod('new') })
  await core.deleteNamespacedPod({ namespace, name: 'new' })
  await expect.poll(() => seen).toEqual(['ADDED new', 'MODIFIED new', 'DELETED new'])
  watch.abort()
  await ended.promise
})
