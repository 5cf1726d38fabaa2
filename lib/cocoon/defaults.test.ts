import { describe, expect, it } from 'vitest'
import { withCocoonSetDefaults, withoutUnknownFields } from './defaults.ts'
import { COCOON_HIBERNATION_SCHEMA } from './schema-hibernation.ts'
import { COCOON_SET_SCHEMA } from './schema-set.ts'

const SPEC = { snapshotPolicy: 'always', hibernatePolicy: 'retain', nodePool: 'default' }
const VM = { os: 'linux', backend: 'cloud-hypervisor' }

describe('withCocoonSetDefaults', () => {
  it.each([
    ['no spec', {}, {}],
    ['an empty spec', { spec: {} }, { spec: SPEC }],
    [
      'an agent',
      { spec: { agent: { image: 'i' } } },
      { spec: { ...SPEC, agent: { ...VM, image: 'i', mode: 'clone', replicas: 0 } } },
    ],
    [
      'toolboxes',
      { spec: { toolboxes: [{ name: 'a' }, { name: 'b', mode: 'static', os: 'windows' }] } },
      {
        spec: {
          ...SPEC,
          toolboxes: [
            { ...VM, name: 'a', mode: 'run' },
            { ...VM, name: 'b', mode: 'static', os: 'windows' },
          ],
        },
      },
    ],
    [
      'sources of an environment',
      { spec: { agent: { envFrom: [{ secretRef: {} }, { prefix: 'X', configMapRef: { name: 'c' } }] } } },
      {
        spec: {
          ...SPEC,
          agent: {
            ...VM,
            mode: 'clone',
            replicas: 0,
            envFrom: [{ secretRef: { name: '' } }, { prefix: 'X', configMapRef: { name: 'c' } }],
          },
        },
      },
    ],
    [
      'values, even empty or wrong ones',
      { spec: { snapshotPolicy: '', nodePool: 'gpu', agent: { replicas: 4, os: 'BeOS', mode: '' } } },
      {
        spec: {
          snapshotPolicy: '',
          hibernatePolicy: 'retain',
          nodePool: 'gpu',
          agent: { replicas: 4, os: 'BeOS', mode: '', backend: 'cloud-hypervisor' },
        },
      },
    ],
    ['a null', { spec: { nodePool: null, nodeName: null } }, { spec: { ...SPEC, nodeName: null } }],
    ['things that are no specs', { spec: [] }, { spec: [] }],
  ] as [string, object, object][])('fills in %s', (_, set, expected) => {
    const before = structuredClone(set)
    expect(withCocoonSetDefaults(set)).toEqual(expected)
    expect(set).toEqual(before)
  })

  it('has nothing to add the second time', () => {
    const once = withCocoonSetDefaults({ spec: { agent: { image: 'i' }, toolboxes: [{ name: 'a' }] } })
    expect(withCocoonSetDefaults(once)).toEqual(once)
  })
})

describe('withoutUnknownFields', () => {
  it('keeps metadata, what the schema knows and resource names', () => {
    const resources = { limits: { cpu: '2', 'example.com/gpu': 1 } }
    const set = {
      apiVersion: 'cocoonset.cocoonstack.io/v1',
      kind: 'CocoonSet',
      metadata: { name: 'web', labels: { any: 'thing' } },
      spec: { suspend: true, agent: { image: 'i', resources }, toolboxes: [{ name: 'a' }] },
      status: { phase: 'Running', agents: [{ slot: 0, role: 'main' }] },
    }
    expect(withoutUnknownFields(COCOON_SET_SCHEMA, set)).toEqual(set)
  })

  it.each([
    [
      { spec: { agent: { image: 'i', imagee: 'x' }, extra: {} }, other: 1 },
      { spec: { agent: { image: 'i' } } },
    ],
    [{ spec: { toolboxes: [{ name: 'a', replicas: 3 }] } }, { spec: { toolboxes: [{ name: 'a' }] } }],
    [
      { spec: { agent: { resources: { limits: {}, more: 1 } } } },
      { spec: { agent: { resources: { limits: {} } } } },
    ],
    [JSON.parse('{"spec":{"__proto__":{"a":1},"constructor":{}}}'), { spec: {} }],
    [{ spec: 'text' }, { spec: 'text' }],
    [null, null],
  ])('prunes %j to %j', (object, expected) => {
    expect(withoutUnknownFields(COCOON_SET_SCHEMA, object)).toEqual(expected)
  })

  it('prunes hibernations too', () => {
    const spec = { podRef: { name: 'p', namespace: 'n' }, desire: 'Wake', when: 'now' }
    expect(withoutUnknownFields(COCOON_HIBERNATION_SCHEMA, { spec })).toEqual({
      spec: { podRef: { name: 'p' }, desire: 'Wake' },
    })
  })
})
