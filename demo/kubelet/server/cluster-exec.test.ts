import { afterAll, beforeAll, expect, it } from 'vitest'
import { API_VERSION, KIND_COCOON_SET } from '../../../lib/cocoon/keys.ts'
import { demoUser, type DemoUser } from '../../testing/demo-user.ts'
import { execClient } from './testing/exec-client.ts'

const SET = { namespace: 'default', name: 'shell' }
const POD = { namespace: 'default', name: 'shell-0' }
let user: DemoUser

beforeAll(async () => {
  user = await demoUser()
  await user.client.create('cocoonsets', {
    apiVersion: API_VERSION,
    kind: KIND_COCOON_SET,
    metadata: SET,
    spec: { agent: { image: 'ubuntu:24.04' } },
  })
  await user.until('cocoonsets', SET, (set) => set.status?.phase === 'Running')
})
afterAll(() => user.close())

function exec(...command: string[]) {
  const { server, token } = user.cluster
  const query = new URLSearchParams([
    ...command.map((word) => ['command', word]),
    ['stdout', 'true'],
    ['stderr', 'true'],
  ])
  const url = `${server.replace('http', 'ws')}/api/v1/namespaces/default/pods/shell-0/exec?${query}`
  return execClient(url, ['v5.channel.k8s.io'], { headers: { authorization: `Bearer ${token}` } }).done
}

async function log(query: string): Promise<string> {
  const { server, token } = user.cluster
  const url = `${server}/api/v1/namespaces/default/pods/shell-0/log?${query}`
  const response = await fetch(url, { headers: { authorization: `Bearer ${token}` } })
  return `${response.status} ${await response.text()}`
}

it('reaches into the guests of a cluster, until they sleep', async () => {
  const { stdout, status } = await exec('sh', '-c', 'echo "from $0"; exit 5')
  expect(stdout.toString()).toBe('from sh\n')
  expect(status).toMatchObject({ reason: 'NonZeroExitCode', details: { causes: [{ message: '5' }] } })
  expect((await log('tailLines=2')).split('\n')).toHaveLength(3)

  await user.client.patch('cocoonsets', SET, { spec: { suspend: true } })
  await user.until('cocoonsets', SET, (set) => set.status?.phase === 'Suspended')
  expect((await exec('true')).status).toMatchObject({
    message: expect.stringContaining('pod default/shell-0 has no live VM') as string,
  })
  expect(await log('')).toBe('200 vk-cocoon: pod has no live VM\n')
})

it('finds the kubelet by what the nodes say of themselves', async () => {
  const pod = await user.client.get('pods', POD)
  const node = await user.client.get('nodes', { namespace: '', name: pod.spec?.nodeName ?? '' })
  expect(node.status?.addresses).toContainEqual({ type: 'ExternalDNS', address: 'localhost' })
  expect(node.status?.daemonEndpoints?.kubeletEndpoint?.Port).toBeGreaterThan(0)
})
