import { afterAll, beforeAll, expect, it } from 'vitest'
import { demoUser, type DemoUser } from '../testing/demo-user.ts'
import { LEASE_NAMESPACE } from './node-lease.ts'

let user: DemoUser
beforeAll(async () => {
  user = await demoUser({ speed: 300, clock: hurried() })
})
afterAll(async () => {
  await user.close()
})

/** Wall time told as it is, and waits three hundred times as short. */
function hurried() {
  return {
    now: () => Date.now(),
    after(ms: number, task: () => void) {
      const timer = setTimeout(task, ms / 300)
      return () => clearTimeout(timer)
    },
  }
}
const firstNode = async () => {
  const [node] = (await user.client.list('nodes')).items
  if (!node) throw new Error('no node')
  return node
}

it('renews a lease for every node', async () => {
  const { name = '', uid } = (await firstNode()).metadata ?? {}
  const ref = { namespace: LEASE_NAMESPACE, name }
  const lease = await user.until('leases', ref, (each) => each.spec?.renewTime !== undefined)
  expect(lease.spec).toMatchObject({ holderIdentity: name, leaseDurationSeconds: 40 })
  expect(lease.spec?.renewTime).toMatch(/\.\d{6}Z$/)
  expect(lease.metadata?.ownerReferences).toMatchObject([{ kind: 'Node', name, uid }])
  await user.until('leases', ref, (each) => each.spec?.renewTime !== lease.spec?.renewTime)
})

it('registers its node again when somebody deletes it', async () => {
  const before = await firstNode()
  const name = before.metadata?.name ?? ''
  await user.client.remove('nodes', before)
  const after = await user.until(
    'nodes',
    { namespace: '', name },
    (node) => node.metadata?.uid !== before.metadata?.uid,
  )
  expect(after.metadata?.labels).toEqual(before.metadata?.labels)
  expect(after.spec?.taints).toEqual(before.spec?.taints)
  const about = { fieldSelector: `involvedObject.name=${name}` }
  const reasons = async () => (await user.client.list('events', about)).items.map((event) => event.reason)
  await expect.poll(reasons).toEqual(expect.arrayContaining(['Starting', 'RegisteredNode', 'NodeReady']))
  const events = (await user.client.list('events', about)).items
  expect(events.every((event) => event.metadata?.namespace === 'default')).toBe(true)
})
