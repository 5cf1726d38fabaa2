import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Pod } from '../../lib/cocoon/kube-json.ts'
import { ANNOTATION_VM_NAME, TOLERATION_KEY } from '../../lib/cocoon/keys.ts'
import { figure } from '../promises/figure.ts'
import { SYSTEM } from './support/alone.ts'
import { untilShown } from './support/judged.ts'
import { requests } from './support/requests.ts'
import type { Requests } from './support/requests.ts'
import { startRig } from './support/rig.ts'
import type { Rig, Sent } from './support/rig.ts'
import { startStillNode } from './support/still-node.ts'
import type { StillNode } from './support/still-node.ts'

const started = performance.now()
let rig: Rig
let ask: Requests
let still: StillNode
let gpu: StillNode
let refused = 0

const BARE = { ...SYSTEM, name: 'bare' }
const PLAIN = { ...SYSTEM, name: 'plain' }
const KEPT = 'example.com/kept'

const podOf = (name: string, nodeName: string, vmName?: string): Pod => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { ...SYSTEM, name, annotations: vmName === undefined ? {} : { [ANNOTATION_VM_NAME]: vmName } },
  spec: {
    nodeName,
    tolerations: vmName === undefined ? [] : [{ key: TOLERATION_KEY, operator: 'Exists' }],
    containers: [{ name: 'agent', image: 'busybox' }],
  },
})

beforeAll(async () => {
  rig = await startRig()
  const { user } = rig
  ask = requests(user)
  ;[still, gpu] = await Promise.all([startStillNode(user), startStillNode(user, 'still-02', 'gpu')])
  await Promise.all([
    user.createSet('plain'),
    user.createSet('pair', {}, { replicas: 1 }),
    user.createSet('rested'),
    user.createSet('leased', { hibernatePolicy: 'release' }),
    user.createSet('boxed', {
      toolboxes: [{ name: 'box', mode: 'static', staticIP: '10.1.2.3', staticVMID: 'vm-1' }],
    }),
    user.createSet('mac', {}, { os: 'macos' }),
    user.createSet('cracker', {}, { backend: 'firecracker', mode: 'run' }),
    user.createSet('pinned', { nodeName: 'still-01' }),
    user.createSet('free', { nodeName: 'cocoon-a-01' }),
    user.createSet('going'),
    user.client.create('pods', podOf('bare', 'still-01', 'vk-bare')),
    user.client.create('pods', podOf('plain', 'still-01')),
  ])
  const running = ['plain', 'pair', 'rested', 'leased', 'mac', 'cracker', 'free', 'going']
  await Promise.all(running.map((set) => user.untilPhase(set, 'Running')))
  await user.until('pods', user.at('boxed-box'), () => true)
  await still.say('pinned-0', 'ready')
  await user.edit('rested', { suspend: true })
  await user.untilPhase('rested', 'Suspended')
  await user.desire('pair-1', 'Wake')
  await user.untilHibernation('pair-1', 'Active')
  const going = await user.client.get('cocoonsets', user.at('going'))
  const finalizers = [...(going.metadata?.finalizers ?? []), KEPT]
  await user.client.patch('cocoonsets', user.at('going'), { metadata: { finalizers } })
  await user.client.remove('cocoonsets', going)
  await untilShown(rig, user.at('pinned'), (vm) => vm.phase === 'ready')
  await untilShown(rig, user.at('rested'), (vm) => vm.phase === 'hibernated')
})

afterAll(async () => {
  const { client, at } = rig.user
  await client.patch('cocoonsets', at('going'), { metadata: { finalizers: [] } })
  for (const ref of [BARE, PLAIN]) await client.remove('pods', await client.get('pods', ref), 0)
  await rig.close()
  await still.close()
  await gpu.close()
  figure('conditions', started, `${refused} refused with the reason of the rule`)
})

type Row = [why: string, request: () => Promise<Sent>, detail: RegExp]

const ROWS: Row[] = [
  [
    'a suspended set sleeps already',
    () => ask.vm('rested-0', 'hibernate'),
    /^Set rested is suspended, which/,
  ],
  ['a suspended set would undo a wake', () => ask.vm('rested-0', 'wake'), /resume the set instead/],
  ['a suspended set makes nothing anew', () => ask.vm('rested-0', 'restart'), /suspended: resume it/],
  ['a suspended set is not forked', () => ask.set('rested', 'fork', { count: 1 }), /resume it, then fork/],
  ['a suspended set does not move', () => ask.set('rested', 'migrate', { node: 'cocoon-a-01' }), /resume it/],
  ['a suspended set is suspended', () => ask.set('rested', 'suspend'), /is suspended already/],
  ['a set that runs is not resumed', () => ask.set('plain', 'resume'), /^Set plain is not suspended\.$/],
  ['release allows no forks', () => ask.vm('leased-0', 'fork', { count: 1 }), /hibernatePolicy release/],
  [
    'release allows no replicas',
    () => ask.set('leased', 'scale', { replicas: 2 }),
    /hibernatePolicy release/,
  ],
  ['a static VM never hibernates', () => ask.vm('boxed-box', 'hibernate'), /^boxed-box is a static VM/],
  ['macOS cannot be hibernated', () => ask.vm('mac-0', 'hibernate'), /macOS guests cannot be hibernated/],
  ['macOS cannot be suspended', () => ask.set('mac', 'suspend'), /macOS guests cannot be hibernated/],
  ['macOS cannot be forked', () => ask.vm('mac-0', 'fork', { count: 1 }), /macOS guests cannot be forked/],
  [
    'firecracker starts no set from a snapshot',
    () => ask.vm('cracker-0', 'fork', { intoSet: { name: 'copy' } }),
    /runs on firecracker/,
  ],
  [
    'a VM that is awake has no snapshot',
    () => ask.vm('plain-0', 'fork', { intoSet: { name: 'copy' } }),
    /hibernate it first/,
  ],
  ['only the main agent is forked', () => ask.vm('pair-1', 'fork', { count: 1 }), /fork pair-0 instead/],
  [
    'a VM of a set is not deleted',
    () => ask.deleteVm('pair-1'),
    /belongs to set pair, which would make it anew/,
  ],
  [
    'a request to be awake keeps a set awake',
    () => ask.set('pair', 'suspend'),
    /CocoonHibernation pair-1 with/,
  ],
  ['a VM that is awake is not woken', () => ask.vm('pair-1', 'wake'), /^pair-1 is awake already\.$/],
  ['a VM of no set is not restarted', () => ask.vm(BARE, 'restart'), /^bare belongs to no set/],
  ['a VM of no set has no set to fork into', () => ask.vm(BARE, 'fork', { count: 1 }), /^bare belongs to no/],
  ['a set that goes is not edited', () => edit('going'), /^Set going is being deleted/],
  ['a set that goes is not deleted again', () => ask.deleteSet('going'), /^Set going is being deleted/],
  [
    'a set that goes is not forked',
    () => ask.set('going', 'fork', { count: 1 }),
    /^Set going is being deleted/,
  ],
  ['as many as there are', () => ask.set('pair', 'scale', { replicas: 1 }), /has 1 sub-agent already/],
  [
    'a node that is not there',
    () => ask.set('plain', 'migrate', { node: 'cocoon-x' }),
    /no node cocoon-x for/,
  ],
  [
    'a node that holds no VMs',
    () => ask.set('plain', 'migrate', { node: 'worker-01' }),
    /no node worker-01 for/,
  ],
  ['a node of other processors', () => ask.set('plain', 'migrate', { node: 'still-01' }), /snapshot class/],
  ['a node of another pool', () => ask.set('plain', 'migrate', { node: 'still-02' }), /is of pool gpu/],
  [
    'the node where it is',
    () => ask.set('pinned', 'migrate', { node: 'still-01' }),
    /on node still-01 already/,
  ],
  ['no pin to lift', () => ask.set('plain', 'migrate', { node: '' }), /^Set plain is pinned to no node\.$/],
]

async function edit(name: string): Promise<Sent> {
  const { namespace } = rig.user.at(name)
  const path = `/api/sets/${namespace}/${name}`
  return { method: 'PUT', path, body: (await rig.read(path)).document as object }
}

it.each(ROWS)('%s', async (_, request, detail) => {
  const problem = await rig.refused(await request())
  expect(problem).toMatchObject({ status: 409, code: 'not-possible', detail: expect.stringMatching(detail) })
  refused += 1
})

it('has one word for a pod that is no VM', async () => {
  expect(await rig.refused(await ask.vm(PLAIN, 'hibernate'))).toMatchObject({
    status: 404,
    code: 'not-found',
    detail: expect.stringContaining('is not a Cocoon VM'),
  })
})

it('waits for a request that is still being deleted', async () => {
  const { user } = rig
  await user.desire('plain-0', 'Wake')
  const asked = await user.untilHibernation('plain-0', 'Active')
  const finalizers = asked.metadata?.finalizers ?? []
  const keep = (kept: string[]) =>
    user.client.patch('cocoonhibernations', user.at('plain-0'), { metadata: { finalizers: kept } })
  await keep([...finalizers, KEPT])
  await user.client.remove('cocoonhibernations', asked)
  expect(await rig.refused(await ask.vm('plain-0', 'hibernate'))).toMatchObject({
    code: 'not-possible',
    detail: expect.stringContaining('is still being deleted'),
  })
  expect((await rig.refused(await ask.removeHibernation('plain-0'))).detail).toContain(
    'being deleted already',
  )
  await keep([])
  await user.untilGone('cocoonhibernations', user.at('plain-0'))
})

it('asks nothing of a node that is closed, or does not answer', async () => {
  const { client } = rig.user
  const node = { namespace: '', name: 'still-01' }
  await client.patch('nodes', node, { spec: { unschedulable: true } })
  expect((await rig.refused(await ask.set('free', 'migrate', { node: node.name }))).detail).toMatch(
    /^Node still-01 is closed for new pods/,
  )
  await client.mergeStatus('nodes', node, {
    status: { conditions: [{ type: 'Ready', status: 'False', reason: 'Test', message: 'power cut' }] },
  })
  const down = 'Node still-01 is not ready (power cut)'
  for (const request of [
    ask.vm('pinned-0', 'hibernate'),
    ask.set('pinned', 'fork', { count: 1 }),
    ask.set('free', 'migrate', { node: node.name }),
  ]) {
    expect((await rig.refused(await request)).detail).toContain(down)
  }
})
