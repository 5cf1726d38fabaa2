import { describe, expect, it } from 'vitest'
import type { CocoonSet, CocoonSetSpec } from '../../cocoon/crd.ts'
import { anAgent, aToolbox } from '../arrange.fixture.ts'
import type { Vm, VmHibernation } from '../vm.ts'
import { editOutcome } from './edit-outcome.ts'
import { editVerdict } from './edit-verdict.ts'

const BOX = { name: 'db', image: 'postgres:16' }
const SPEC: CocoonSetSpec = {
  agent: { image: 'ubuntu:24.04', replicas: 2, resources: { limits: { cpu: '2', memory: '4Gi' } } },
  toolboxes: [BOX, { name: 'desk', mode: 'static', staticIP: '10.0.0.7', staticVMID: 'v7' }],
}
const aCocoonSet = (spec: CocoonSetSpec, labels?: Record<string, string>): CocoonSet => ({
  apiVersion: 'cocoonset.cocoonstack.io/v1',
  kind: 'CocoonSet',
  metadata: { namespace: 'research', name: 'web', ...(labels && { labels }) },
  spec,
})
const running = { vmID: 'v1' }
const VMS: Vm[] = [
  anAgent('web', 0, running),
  anAgent('web', 1, running),
  anAgent('web', 2, running),
  aToolbox('web', 'db', running),
  aToolbox('web', 'desk', { managed: false, ...running }),
]
const AGENTS = ['web-0', 'web-1', 'web-2']
const MANAGED = [...AGENTS, 'web-db']
const ALL = [...MANAGED, 'web-desk']

const agent = (over: CocoonSetSpec['agent']): CocoonSetSpec => ({
  ...SPEC,
  agent: { ...SPEC.agent, ...over },
})

describe('which VMs an edit recreates', () => {
  const cases: [string, CocoonSetSpec, string[]][] = [
    ['nothing', SPEC, []],
    ['the defaults written out', { ...agent({ os: 'linux', mode: 'clone' }), nodePool: 'default' }, []],
    ['the image of the agents', agent({ image: 'ubuntu:26.04' }), AGENTS],
    ['the mode', agent({ mode: 'run' }), AGENTS],
    ['memory', agent({ resources: { limits: { cpu: '2', memory: '8Gi' } } }), AGENTS],
    ['memory in other words', agent({ resources: { limits: { cpu: 2, memory: '4096Mi' } } }), []],
    ['storage', agent({ storage: '20Gi' }), AGENTS],
    ['the connection type', agent({ connType: 'vnc' }), AGENTS],
    ['the probe port', agent({ probePort: 22 }), AGENTS],
    ['the network', agent({ network: 'lan' }), AGENTS],
    ['forced pulls', agent({ forcePull: true }), AGENTS],
    ['the service account', agent({ serviceAccountName: 'robot' }), AGENTS],
    ['the environment', agent({ envFrom: [{ secretRef: { name: 'keys' } }] }), AGENTS],
    ['the snapshot policy', { ...SPEC, snapshotPolicy: 'never' }, ALL],
    ['the pool', { ...SPEC, nodePool: 'gpu' }, ALL],
    ['a node name', { ...SPEC, nodeName: 'n2' }, []],
    ['the hibernate policy', { ...SPEC, hibernatePolicy: 'release' }, []],
    ['a first snapshot class', { ...SPEC, snapshotCompatibilityClass: 'v4' }, []],
    ['suspension', { ...SPEC, suspend: true }, []],
    ['more sub-agents', agent({ replicas: 4 }), []],
    [
      'the image of a toolbox',
      { ...SPEC, toolboxes: [{ ...BOX, image: 'x:1' }, ...(SPEC.toolboxes ?? []).slice(1)] },
      ['web-db'],
    ],
    ['the order of toolboxes', { ...SPEC, toolboxes: (SPEC.toolboxes ?? []).toReversed() }, []],
    [
      'the address of a static toolbox',
      {
        ...SPEC,
        toolboxes: [BOX, { name: 'desk', mode: 'static', staticIP: '10.0.0.8', staticVMID: 'v7' }],
      },
      ['web-desk'],
    ],
  ]
  it.each(cases)('%s', (_, spec, names) => {
    const { recreated } = editOutcome(aCocoonSet(SPEC), aCocoonSet(spec), VMS)
    expect(recreated.map(({ vm }) => vm.name)).toEqual(names)
  })

  it('knows the seats that go and those that come', () => {
    const spec = { ...agent({ replicas: 1 }), toolboxes: [BOX, { name: 'new', image: 'x:1' }] }
    const { removed, added } = editOutcome(aCocoonSet(SPEC), aCocoonSet(spec), VMS)
    expect([removed.map(({ name }) => name), added]).toEqual([
      ['web-2', 'web-desk'],
      { count: 1, names: ['web-new'] },
    ])
  })
})

const verdict = (spec: CocoonSetSpec, vms = VMS, before = SPEC, labels?: Record<string, string>) => {
  const said = editVerdict(aCocoonSet(before), aCocoonSet(spec, labels), vms)
  return said.ok ? { warnings: said.warnings.join(' '), notes: said.notes.join(' ') } : said
}

describe('what is said of an edit', () => {
  it('names the VMs that are recreated, why, and what they lose', () => {
    expect(verdict(agent({ image: 'x:1', snapshotPolicy: 'x', storage: '9Gi' } as object))).toMatchObject({
      warnings: expect.stringContaining(
        'These VMs will be recreated: web-0, web-1 and web-2, because image and storage change. web-0, web-1 and web-2 lose their memory and disk.',
      ),
      notes: expect.stringContaining('The main agent web-0 comes first; the others follow when it is ready.'),
    })
  })
  it.each<[string, CocoonSetSpec, CocoonSetSpec, RegExp, RegExp]>([
    [
      'a suspended set',
      { ...agent({ image: 'x:1' }), suspend: true },
      SPEC,
      /once the set is resumed/,
      /asleep|sleep/,
    ],
    [
      'a size that a clone does not take',
      agent({ storage: '20Gi' }),
      SPEC,
      /because storage changes/,
      /keep the size/,
    ],
    [
      'a lower count',
      agent({ replicas: 1 }),
      SPEC,
      /web-2 is deleted with memory and disk\./,
      /last snapshot/,
    ],
    ['a node', { ...SPEC, nodeName: 'n2' }, SPEC, /^$/, /woken on node n2; its sub-agents/],
    ['a policy', { ...SPEC, hibernatePolicy: 'release' }, SPEC, /^$/, /next suspension/],
    ['a class', { ...SPEC, snapshotCompatibilityClass: 'v4' }, SPEC, /^$/, /made from now on/],
    ['nothing at all', SPEC, SPEC, /^$/, /No VM is recreated/],
    ['more VMs', agent({ replicas: 3 }), SPEC, /^$/, /1 VM is added: web-3/],
    [
      'a slip of the finger',
      agent({ replicas: 2_147_483_647 }),
      SPEC,
      /^$/,
      /2147483645 VMs are added: web-3, web-4, web-5, web-6, web-7 and 2147483640 more\./,
    ],
    ['its remedy', SPEC, agent({ replicas: 2_147_483_647 }), /^$/, /No VM is recreated/],
  ])('%s', (_, after, before, warnings, notes) => {
    expect(verdict(after, VMS, before)).toEqual({
      warnings: expect.stringMatching(warnings),
      notes: expect.stringMatching(notes),
    })
  })

  it('says that labels reach no VM', () => {
    expect(verdict(SPEC, VMS, SPEC, { team: 'a' })).toMatchObject({
      notes: expect.stringContaining('Labels'),
    })
  })
  it('does not mourn what is restored, or goes on', () => {
    const hibernation = { desire: 'Hibernate', phase: 'Hibernated' } as VmHibernation
    const sleeper = anAgent('web', 0, { phase: 'hibernated', hibernation })
    const still = aToolbox('web', 'desk', { managed: false, mode: 'static' })
    const said = verdict({ ...SPEC, nodePool: 'gpu' }, [sleeper, still])
    expect(said).toMatchObject({
      warnings: expect.not.stringContaining('memory and disk'),
      notes: expect.stringMatching(/web-0 comes back from the hibernate snapshot.*web-desk is a static VM/),
    })
  })
  it('says nothing of what the schema refuses', () => {
    expect(verdict({ agent: { replicas: 'many' } } as object)).toEqual({ warnings: '', notes: '' })
  })
})
