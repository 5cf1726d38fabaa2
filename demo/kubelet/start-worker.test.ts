import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Pod } from '../../lib/cocoon/kube-json.ts'
import { demoUser, type DemoUser } from '../testing/demo-user.ts'

let user: DemoUser
beforeAll(async () => {
  user = await demoUser()
})
afterAll(async () => {
  await user.close()
})

const pod = (name: string): Pod => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'default' },
  spec: { containers: [{ name: 'web', image: 'nginx:1.29' }] },
})
const ref = { namespace: 'default', name: 'web' }

it('runs a pod that is no VM on the node that holds none, and lets it go', async () => {
  await user.client.create('pods', pod('web'))
  const running = await user.until('pods', ref, ({ status }) => status?.phase === 'Running')
  expect(running.spec?.nodeName).toBe('worker-01')
  expect(running.status?.containerStatuses).toMatchObject([{ name: 'web', image: 'nginx:1.29', ready: true }])
  const { items } = await user.client.list('events', { fieldSelector: 'involvedObject.name=web' })
  expect(items.map(({ reason }) => reason)).toEqual(
    expect.arrayContaining(['Scheduled', 'Pulled', 'Started']),
  )
  await user.client.remove('pods', running)
  await user.untilGone('pods', ref)
})
