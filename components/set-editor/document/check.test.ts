import { describe, expect, it } from 'vitest'
import type { CocoonSet } from '../../../lib/cocoon/crd.ts'
import { problemsOf, ruleProblem } from './check.ts'
import { fieldText, parseField } from './path.ts'

const metadata = { name: 'web', namespace: 'lab' }
const agent = { image: 'ubuntu:24.04' }
const said = (value: unknown, old: CocoonSet | null = null) =>
  problemsOf(value, old).map(({ path, message, severity }) => `${severity} ${fieldText(path)} ${message}`)
const ofSpec = (spec: object) => said({ metadata, spec })

describe('problems of a document', () => {
  it.each<[string, string[], string[]]>([
    ['a good one', ofSpec({ agent }), []],
    [
      'an empty one',
      said({}),
      [
        'error metadata.name is required',
        'error metadata.namespace is required',
        'error spec is required',
        'error spec.agent.image is required',
      ],
    ],
    ['no image', ofSpec({ agent: {} }), ['error spec.agent.image is required']],
    ['an empty image', ofSpec({ agent: { image: '' } }), ['error spec.agent.image is required']],
    [
      'a quantity that is none',
      ofSpec({ agent: { ...agent, mode: 'run', storage: '20 GB' } }),
      ['error spec.agent.storage is not an amount: a number and perhaps a unit, such as 500m, 2 or 4Gi'],
    ],
    [
      'a quantity of another type',
      ofSpec({ agent: { ...agent, storage: true } }),
      ['error spec.agent.storage is not an amount: a number and perhaps a unit, such as 500m, 2 or 4Gi'],
    ],
    [
      'a word that is not known',
      ofSpec({ agent: { ...agent, os: 'beos' } }),
      ['error spec.agent.os must be linux, windows, android or macos'],
    ],
    [
      'text for a number',
      ofSpec({ agent: { ...agent, replicas: 'two' } }),
      ['error spec.agent.replicas must be a whole number'],
    ],
    [
      'fewer than none',
      ofSpec({ agent: { ...agent, replicas: -1 } }),
      ['error spec.agent.replicas must be at least 0'],
    ],
    [
      'a port beyond all',
      ofSpec({ agent: { ...agent, probePort: 70000 } }),
      ['error spec.agent.probePort must be at most 65535'],
    ],
    [
      'a number for text',
      ofSpec({ agent: { ...agent, network: 5 } }),
      ['error spec.agent.network must be text: put it in quotes'],
    ],
    ['a mapping for a list', ofSpec({ agent, toolboxes: {} }), ['error spec.toolboxes must be a list']],
    [
      'a word misspelt',
      ofSpec({ agent: { ...agent, replica: 1 } }),
      ['error spec.agent.replica is not a field of spec.agent: replicas?'],
    ],
    [
      'a field of the wrong place',
      ofSpec({ agent, probePort: 1 }),
      ['error spec.probePort is not a field of spec'],
    ],
    [
      'an image to clone with a registry',
      ofSpec({ agent: { image: 'ghcr.io:443/x' } }),
      ['error spec.agent.image must be a relative repo[:tag] to clone from, not "ghcr.io:443/x"'],
    ],
    [
      'firecracker that clones',
      ofSpec({ agent: { ...agent, backend: 'firecracker' } }),
      ['error spec.agent.mode must be run with firecracker, not "clone"'],
    ],
    [
      'two toolboxes of a name',
      ofSpec({
        agent,
        toolboxes: [
          { name: 'a', image: 'x' },
          { name: 'a', image: 'x' },
        ],
      }),
      ['error spec.toolboxes[1].name must be unique: "a" is taken'],
    ],
    [
      'a static toolbox without its VM',
      ofSpec({ agent, toolboxes: [{ name: 'a', mode: 'static' }] }),
      [
        'error spec.toolboxes[0].staticIP is required with mode static',
        'error spec.toolboxes[0].staticVMID is required with mode static',
      ],
    ],
    [
      'a released set with forks',
      ofSpec({ agent: { ...agent, replicas: 1 }, hibernatePolicy: 'release' }),
      ['error spec.hibernatePolicy release needs a lone main agent: no sub-agents and no toolboxes'],
    ],
    [
      'a request above its limit',
      ofSpec({
        agent: { ...agent, mode: 'run', resources: { limits: { cpu: 1 }, requests: { cpu: '1500m' } } },
      }),
      ['warning spec.agent.resources.requests.cpu is more than the limit (1): no pod can be made of it'],
    ],
    [
      'more than a macOS guest can do',
      ofSpec({ suspend: true, agent: { ...agent, os: 'macos', replicas: 1 } }),
      [
        'warning spec.agent.replicas is not for macOS guests, which cannot be forked',
        'warning spec.suspend is not for macOS guests, which cannot be hibernated',
      ],
    ],
    ['another kind', said({ kind: 'Pod', metadata, spec: { agent } }), ['error kind must be CocoonSet']],
    [
      'a name in capitals',
      said({ metadata: { ...metadata, name: 'Web' }, spec: { agent } }),
      [
        'error metadata.name must be small letters, digits, dots and dashes, with a letter or digit at both ends',
      ],
    ],
    [
      'a label that is a number',
      said({ metadata: { ...metadata, labels: { 'a.b/c': 5 } }, spec: { agent } }),
      ['error metadata.labels[a.b/c] must be text: put it in quotes'],
    ],
    [
      'a whole object that was pasted',
      said({ metadata: { ...metadata, uid: 'u' }, spec: { agent }, status: {} }),
      [
        'warning metadata.uid belongs to the cluster; it is not sent',
        'warning status is what the cluster reports; it is not sent',
      ],
    ],
    [
      'null where a mapping is',
      said({ metadata: null, spec: null }),
      [
        'error metadata.name is required',
        'error metadata.namespace is required',
        'error spec must be a mapping of fields',
      ],
    ],
  ])('%s', (_, found, wanted) => expect(found).toEqual(wanted))

  it('holds an edit to what cannot change', () => {
    const old = { metadata, spec: { agent, snapshotCompatibilityClass: 'v3' } }
    expect(said({ metadata: { ...metadata, name: 'other' }, spec: { agent } }, old)).toEqual([
      'error metadata.name is web and stays so: clone the set to have it under another name',
      'error spec.snapshotCompatibilityClass cannot be changed once it is set',
    ])
  })
  it('lets stand what stood there before, which a newer cluster may know', () => {
    const box = { name: 'db', image: 'pg:16', gpu: 1 }
    const start = { metadata, spec: { tier: 'gold', agent: { ...agent, os: 'beos' }, toolboxes: [box] } }
    const edited = (spec: object) =>
      problemsOf({ metadata, spec: { ...start.spec, ...spec } }, null, start).map(
        ({ path, severity }) => `${severity} ${fieldText(path)}`,
      )
    const stood = ['warning spec.agent.os', 'warning spec.tier', 'warning spec.toolboxes[0].gpu']
    expect(edited({ nodePool: 'b' })).toEqual(stood)
    expect(edited({ toolboxes: [{ name: 'new', image: 'x' }, box] })).toEqual([
      ...stood.slice(0, 2),
      'warning spec.toolboxes[1].gpu',
    ])
    expect(edited({ tier: 'lead', agent: { ...agent, os: 'plan9' } })).toEqual([
      'error spec.agent.os',
      'error spec.tier',
      'warning spec.toolboxes[0].gpu',
    ])
    const empty = { metadata: { namespace: 'lab' }, spec: { agent: {} } }
    expect(problemsOf(empty, null, empty).map(({ severity }) => severity)).toEqual(['error', 'error'])
  })
  it('puts the words of a server at the field that they are about', () => {
    const message = 'hibernatePolicy=release requires agent.replicas=0 and no toolboxes'
    expect(fieldText(ruleProblem({ field: 'spec', message }).path)).toBe('spec.hibernatePolicy')
    expect(ruleProblem({ field: 'spec.agent.image', message: 'is odd' }).path).toEqual([
      'spec',
      'agent',
      'image',
    ])
  })
  it('reads the fields that it writes', () => {
    for (const path of [['spec', 'toolboxes', 0, 'name'], ['metadata', 'labels', 'a.b/c'], []]) {
      expect(parseField(fieldText(path))).toEqual(path)
    }
  })
})
