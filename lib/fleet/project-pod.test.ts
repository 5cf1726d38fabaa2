import { describe, expect, it } from 'vitest'
import { aPod } from './objects.fixture.ts'
import type { PodSample } from './objects.fixture.ts'
import { podFactsOf, projectPod } from './project-pod.ts'

const rowOf = (sample: Partial<PodSample> = {}) => {
  const row = projectPod(aPod({ name: 'web-0', ...sample }))
  if (row === null) throw new Error('the sample pod is not taken for a VM')
  return row
}
const columnsOf = (sample: Partial<PodSample>) => rowOf(sample).columns

describe('projectPod', () => {
  it('keeps what the dashboard shows of a pod', () => {
    expect(rowOf()).toMatchObject({
      uid: 'uid-web-0',
      namespace: 'lab',
      name: 'web-0',
      columns: {
        set: 'web',
        role: 'main',
        slot: 0,
        vmName: 'vk-lab-web-0',
        vmID: 'id-web-0',
        node: 'vm-node-1',
        pool: 'gpu',
        ip: '10.8.0.5',
        connType: 'ssh',
        managed: true,
        cpu: '2',
        memory: '4Gi',
        storage: '20Gi',
        generation: 3,
        observedGeneration: 3,
        createdAt: '2026-01-01T10:00:00.000Z',
        deletedAt: null,
        problems: [],
      },
      words: { ready: 'True', scheduled: 'True', lifecycleState: 'ready', podPhase: 'Running' },
    })
  })

  it.each<[string, unknown]>([
    ['a pod of somebody else', { metadata: { labels: { app: 'nginx' } }, spec: { tolerations: [] } }],
    ['a pod that tolerates everything', { spec: { tolerations: [{ operator: 'Exists' }] } }],
    ['a label that is no text', { metadata: { labels: { 'cocoonset.cocoonstack.io/name': 7 } } }],
    ['nothing', null],
    ['text', 'pod'],
    ['a list', [aPod({ name: 'web-0' })]],
  ])('passes over %s', (_, pod) => {
    expect(projectPod(pod)).toBeNull()
  })

  it('shows a bare VM pod', () => {
    expect(columnsOf({ set: null })).toMatchObject({ set: null, role: null, slot: null, problems: [] })
  })

  it('takes a labelled pod without the toleration, and an owner before the label', () => {
    const ownerReferences = [
      { kind: 'ReplicaSet', name: 'r' },
      { kind: 'CocoonSet', name: 'owner' },
    ]
    const row = columnsOf({ spec: { tolerations: null }, metadata: { ownerReferences } })
    expect(row.set).toBe('owner')
  })

  it.each<[string, string, string, string | null, number | null]>([
    ['the label', 'sub-agent', 'vk-lab-web-2', 'sub-agent', 2],
    ['the slot, for an unknown label', 'boss', 'vk-lab-web-2', 'sub-agent', 2],
    ['the slot of a main', '', 'vk-lab-web-0', 'main', 0],
    ['a name without a slot', '', 'vk-lab-web-db', 'toolbox', null],
    ['a toolbox that ends in -0', 'toolbox', 'vk-lab-web-db-0', 'toolbox', null],
    ['a role named like a property', 'constructor', 'vk-lab-web-1', 'sub-agent', 1],
  ])('tells the role by %s', (_, label, vmName, role, slot) => {
    const sample = {
      labels: { 'cocoonset.cocoonstack.io/role': label },
      annotations: { 'vm.cocoonstack.io/name': vmName },
    }
    expect(columnsOf(sample)).toMatchObject({ role, slot })
  })

  it.each<[string, unknown, unknown, string, string[]]>([
    ['the pod first', '10.8.0.9', '10.8.0.5', '10.8.0.9', []],
    ['the annotation without it', undefined, '10.8.0.5', '10.8.0.5', []],
    ['IPv6', 'fd00::17', '', 'fd00::17', []],
    ['none', '', '', '', []],
    ['no host name', '', 'metadata.internal', '', ['vm.cocoonstack.io/ip is not an IP address']],
    ['no decimal address', '2130706433', '', '', ['status.podIP is not an IP address']],
    ['no path', '10.0.0.1/../..', '', '', ['status.podIP is not an IP address']],
    ['no number', '', 7, '', ['vm.cocoonstack.io/ip is 7, which is not text']],
  ])('reads the address: %s', (_, podIP, annotated, ip, problems) => {
    const row = columnsOf({ status: { podIP }, annotations: { 'vm.cocoonstack.io/ip': annotated } })
    expect([row.ip, row.problems]).toEqual([ip, problems])
  })

  it.each<[unknown, unknown, number, string, number]>([
    ['5901', undefined, 5901, 'vnc', 0],
    ['5901', 'ssh', 5901, 'ssh', 0],
    ['-1', undefined, 0, 'ssh', 1],
    ['99999', undefined, 0, 'ssh', 1],
    [{}, undefined, 0, 'ssh', 1],
  ])('reads the VNC port %j with type %j', (port, type, vncPort, connType, problems) => {
    const annotations = { 'vm.cocoonstack.io/vnc-port': port, 'vm.cocoonstack.io/conn-type': type }
    const row = columnsOf({ annotations })
    expect([row.vncPort, row.connType, row.problems.length]).toEqual([vncPort, connType, problems])
  })

  it.each<[string, string, number]>([
    [btoa('ip addr flush'), 'ip addr flush', 0],
    [Buffer.from('größe').toString('base64'), 'größe', 0],
    ['%%%', '', 1],
    [Buffer.from([0xff, 0xfe]).toString('base64'), '\u{fffd}\u{fffd}', 0],
  ])('decodes the hint %j', (encoded, hint, problems) => {
    const row = columnsOf({ annotations: { 'vm.cocoonstack.io/post-clone-hint': encoded } })
    expect([row.postCloneHint, row.problems.length]).toEqual([hint, problems])
  })

  it.each<[number | undefined, string]>([
    [undefined, '2026-01-01T11:00:31.000Z'],
    [1, '2026-01-01T11:00:30.000Z'],
    [31, '2026-01-01T11:00:00.000Z'],
  ])('tells when deletion was asked for, %s s before its end', (deletionGracePeriodSeconds, deletedAt) => {
    const metadata = { deletionTimestamp: '2026-01-01T11:00:31Z', deletionGracePeriodSeconds }
    expect(columnsOf({ metadata })).toMatchObject({ deletedAt, problems: [] })
    expect(podFactsOf(rowOf({ metadata })).deletedAt).toBe(deletedAt)
  })

  it.each<[object, object, string[]]>([
    [
      { requests: { cpu: '500m' }, limits: { cpu: '2', memory: '1024Mi' } },
      { cpu: '500m', memory: '1Gi' },
      [],
    ],
    [{ requests: { cpu: 2 } }, { cpu: '2', memory: '' }, []],
    [{ requests: { cpu: 'lots' } }, { cpu: '' }, ['cpu request is not a quantity']],
    [{ requests: { memory: '9'.repeat(10_000) } }, { memory: '' }, ['memory request is not a quantity']],
    [{ requests: [1, 2] }, { cpu: '', memory: '' }, []],
  ])('reads the resources %j', (resources, expected, problems) => {
    expect(columnsOf({ spec: { containers: [{ resources }] } })).toMatchObject({ ...expected, problems })
  })

  it('only believes exactly "true" (contract 2.5, 2.7)', () => {
    const flags = ['True', '1', true, 'true ']
    for (const flag of flags) {
      const annotations = { 'vm.cocoonstack.io/hibernate': flag, 'cocoonset.cocoonstack.io/managed': flag }
      expect(columnsOf({ annotations })).toMatchObject({ hibernateRequested: false, managed: false })
    }
  })
})
