import { describe, expect, it } from 'vitest'
import { aCocoonSet, aHibernation, aVmNode } from './objects.fixture.ts'
import { TURNED } from './phase.fixture.ts'
import { projectHibernation } from './project-hibernation.ts'
import { projectNode } from './project-node.ts'
import { projectSet } from './project-set.ts'

describe('projectSet', () => {
  it('keeps what the dashboard shows of a set', () => {
    expect(projectSet(aCocoonSet('web', 'Running'))).toMatchObject({
      uid: 'uid-cs-web',
      name: 'web',
      phase: 'Running',
      phaseSince: TURNED,
      message: '',
      replicas: 2,
      toolboxes: 1,
      readyAgents: 3,
      generation: 3,
      observedGeneration: 3,
      problems: [],
    })
  })

  it('reads which nodes can take its snapshots, where it says', () => {
    const { metadata } = aCocoonSet('web', '')
    expect(projectSet({ metadata, spec: { snapshotCompatibilityClass: 'zen4' } }).snapshotClass).toBe('zen4')
    expect(projectSet({ metadata }).snapshotClass).toBe('')
  })

  it('shows a set that the operator has not touched (contract 4.3)', () => {
    const { metadata, spec } = aCocoonSet('web', '')
    expect(projectSet({ metadata, spec })).toMatchObject({
      phase: '',
      phaseSince: null,
      readyAgents: 0,
      problems: [],
    })
  })

  it.each(['Pending', 'Scaling', 'Suspending', 'Suspended', 'Migrating', 'Waking', 'Failed', 'New'])(
    'does not know since when a set is %s: the Ready condition turns with Running only',
    (phase) => expect(projectSet(aCocoonSet('web', phase))).toMatchObject({ phase, phaseSince: null }),
  )

  it('names what it cannot read', () => {
    const set = {
      ...aCocoonSet('web', 'Running'),
      spec: { suspend: 'yes', agent: { replicas: -1, image: [] } },
    }
    expect(projectSet(set).problems).toEqual([
      'spec.suspend is yes, which is neither true nor false',
      'spec.agent.replicas is -1, not a whole number from 0 to 2147483647',
      'spec.agent.image is a list, which is not text',
    ])
  })
})

describe('projectHibernation', () => {
  it.each([
    ['Hibernated', 'Hibernated', ''],
    ['Waking', 'Waking', ''],
    ['Pending', 'pod lab/web-0 not yet present', 'pod lab/web-0 not yet present'],
    ['Failed', 'wake timed out after 5m0s', 'wake timed out after 5m0s'],
  ])('%s: says %j only when it is news', (phase, message, expected) => {
    const row = projectHibernation(aHibernation({ pod: 'web-0', phase, message }))
    expect(row).toMatchObject({ phase, message: expected, since: TURNED, pod: 'web-0', problems: [] })
  })

  it('reads a request that nobody has answered', () => {
    const { metadata, spec } = aHibernation({ pod: 'web-0' })
    expect(projectHibernation({ metadata, spec })).toMatchObject({ phase: '', message: '', since: null })
  })

  it('tells a request that goes from one that stands', () => {
    const { metadata, spec } = aHibernation({ pod: 'web-0' })
    const going = { metadata: { ...Object(metadata), deletionTimestamp: TURNED }, spec }
    expect(projectHibernation(going)).toMatchObject({ name: 'web-0', deletedAt: TURNED })
    expect(projectHibernation({ metadata, spec })).toMatchObject({ deletedAt: null })
  })
})

describe('projectNode', () => {
  it('keeps what the dashboard shows of a node', () => {
    expect(projectNode(aVmNode('n1'))).toMatchObject({
      name: 'n1',
      pool: 'default',
      ready: true,
      schedulable: true,
      cpu: 16,
      memory: 64 * 2 ** 30,
      storage: 2 ** 40,
      pods: 256,
      version: 'v0.2.9',
      problems: [],
    })
  })

  it.each<[string, unknown, boolean]>([
    ['the label of VM nodes', { metadata: { labels: { 'node-role.kubernetes.io/cocoon-vm': '' } } }, true],
    ['the pool', { metadata: { labels: { 'cocoonstack.io/pool': 'gpu' } } }, true],
    ['the taint', { spec: { taints: [{ key: 'virtual-kubelet.io/provider' }] } }, true],
    ['nothing of it', { metadata: { labels: { 'kubernetes.io/os': 'linux' } } }, false],
    ['nothing at all', null, false],
  ])('knows a VM node by %s', (_, node, known) => {
    expect(projectNode(node) !== null).toBe(known)
  })

  it.each<[string, unknown, string[]]>([
    ['no amount', 'plenty', ['allocatable cpu is not a quantity']],
    ['a list', [4], ['allocatable cpu is not a quantity']],
    ['too much to read', '9'.repeat(100), ['allocatable cpu is not a quantity']],
    ['less than nothing', '-4', []],
    ['nothing', undefined, []],
  ])('counts %s as 0', (_, cpu, problems) => {
    expect(projectNode(aVmNode('n1', { status: { allocatable: { cpu } } }))).toMatchObject({
      cpu: 0,
      problems,
    })
  })

  it('says why it is not ready', () => {
    const conditions = [{ type: 'Ready', status: 'Unknown', message: 'Kubelet stopped posting node status.' }]
    expect(projectNode(aVmNode('n1', { status: { conditions } }))).toMatchObject({
      ready: false,
      message: 'Kubelet stopped posting node status.',
    })
    expect(projectNode(aVmNode('n1', { status: {} }))?.message).toBe('the node has no Ready condition')
  })
})
